using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tokens.Host.Tests.Running;
using Tokens.Platform.Problems;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

/// <summary>What a client sees when something inside throws.</summary>
public sealed class BugTests : IAsyncLifetime
{
    private readonly Storage _storage = Storage.Sqlite();
    private RunningProduct _product = null!;
    private TestMember _member = null!;

    public async Task InitializeAsync()
    {
        _product = await RunningProduct.StartAsync(
            _storage, prepare: builder => builder.Services.AddSingleton<IStartupFilter, ThrowingRoutes>());
        _member = await TestMember.SignInAsync(_product.Gateway);
    }

    public async Task DisposeAsync()
    {
        _member.Dispose();
        await _product.DisposeAsync();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_bug_is_500_and_tells_nothing()
    {
        var answer = await _member.GetAsync("/api/tokens/throws/bug");

        answer.ShouldBeProblem(500, "internal_error");
        answer.Title.ShouldBe("Internal Server Error");
        answer.Text.ShouldNotContain("s3cret");
        answer.Text.ShouldNotContain("Exception");
        answer.Text.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_database_that_is_away_is_503_and_tells_when_to_come_back()
    {
        var answer = await _member.GetAsync("/api/tokens/throws/database");

        answer.ShouldBeProblem(503, "database_unavailable");
        answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(2));
        answer.Text.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_problem_thrown_is_that_problem() =>
        (await _member.GetAsync("/api/tokens/throws/problem")).ShouldBeProblem(409, "conflict");

    /// <summary>Behind everything else, where the product would have nothing to answer.</summary>
    private sealed class ThrowingRoutes : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Use((context, pass) => context.Request.Path.Value switch
            {
                "/api/tokens/throws/bug" => throw new InvalidOperationException("Host=db;Password=s3cret"),
                "/api/tokens/throws/database" => throw new NpgsqlException("s3cret can't be reached"),
                "/api/tokens/throws/problem" => throw new ProblemException(new Problem(ProblemKind.Conflict, "It has changed meanwhile.")),
                _ => pass(context),
            });
        };
    }
}
