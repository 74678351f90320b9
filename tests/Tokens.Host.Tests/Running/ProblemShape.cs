using System.Globalization;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Running;

/// <summary>What every error looks like, whoever gives it.</summary>
internal static class ProblemShape
{
    internal static void ShouldBeProblem(this Answer answer, int status, string code)
    {
        answer.Status.ShouldBe(status, answer.Text);
        answer.ContentType.ShouldBe("application/problem+json", answer.Text);
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        answer.Headers.CacheControl.ShouldNotBeNull();
        answer.Headers.Contains("Server").ShouldBeFalse();
        var problem = answer.Json;
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("success").GetBoolean().ShouldBeFalse();
        var word = problem.GetProperty("code").GetString().ShouldNotBeNull();
        word.ShouldBe(code, answer.Text);
        problem.GetProperty("type").GetString().ShouldBe("urn:tokens:" + word);
        problem.GetProperty("instance").GetString().ShouldNotBeNull().ShouldStartWith("/");
        var title = problem.GetProperty("title").GetString();
        title.ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("error").GetString().ShouldBe(title);
        var detail = problem.GetProperty("detail").GetString();
        detail.ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("details").GetString().ShouldBe(detail);
        problem.GetProperty("message").GetString().ShouldBe(detail);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrWhiteSpace();
        DateTimeOffset.Parse(problem.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture).Offset.ShouldBe(TimeSpan.Zero);
    }
}
