using System.Text.Json;
using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Errors;

/// <summary>One row of the table of errors: the whole document, but for ids and times.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">The problem's code.</param>
/// <param name="Title">Its title, exactly.</param>
/// <param name="Members">Its members beside those of every problem, in their order: a JSON value, or <c>*</c> for any.</param>
internal sealed record ErrorRow(int Status, string Code, string Title, params (string Name, string Json)[] Members)
{
    internal const string Any = "*";

    private static readonly string[] OfEveryProblem =
        ["type", "title", "status", "detail", "instance", "success", "code", "error", "details", "message", "traceId", "timestamp"];

    /// <summary>Whether <c>Retry-After</c> says when to come back.</summary>
    internal bool HasRetryAfter { get; init; }

    internal void ShouldBe(Answer answer)
    {
        answer.ShouldBeProblem(Status, Code);
        answer.Title.ShouldBe(Title);
        var members = answer.Json.EnumerateObject().ToList();
        members.Select(member => member.Name).ShouldBe([.. OfEveryProblem, .. Members.Select(member => member.Name)]);
        foreach (var (name, json) in Members.Where(member => member.Json != Any))
        {
            JsonElement.DeepEquals(answer.Json.GetProperty(name), JsonSerializer.Deserialize<JsonElement>(json))
                .ShouldBeTrue($"{name} is {answer.Json.GetProperty(name)}, not {json}");
        }

        (answer.Headers.RetryAfter?.Delta > TimeSpan.Zero).ShouldBe(HasRetryAfter);
    }
}
