using Tokens.Host.Tests.Running;
using Tokens.Testing.Products;

namespace Tokens.Host.Tests.Api;

[Collection(OnSqlite.Name)]
public sealed class RouteTests(SqliteProduct fixture)
{
    [Theory]
    [InlineData("/api/tokens")]
    [InlineData("/api/v1/tokens")]
    [InlineData("/api/wallet")]
    [InlineData("/api/v1/wallet")]
    [InlineData("/api/wallet/balance")]
    [InlineData("/api/v1/tokens/balance")]
    [InlineData("/api/v1/wallet/transactions?limit=1")]
    public async Task Old_and_new_names_of_a_route_are_one(string path)
    {
        using var member = await fixture.SignInAsync();

        (await member.GetAsync(path)).Status.ShouldBe(200, path);
    }

    [Fact]
    public async Task A_key_means_the_same_under_every_name_of_its_route()
    {
        using var fan = await fixture.SignInWithAsync(100);
        using var creator = await fixture.SignInAsync(isCreator: true);
        var body = new { creatorId = creator.Id, amountTokens = 7 };

        var first = await fan.PostAsync("/api/tokens/tip", body, "one-key");
        var others = new[]
        {
            await fan.PostAsync("/api/v1/tokens/tip", body, "one-key"),
            await fan.PostAsync("/api/wallet/tip", body, "one-key"),
            await fan.PostAsync($"/api/v1/wallet/tip/{creator.Id}", new { tokenAmount = "7" }, "\"one-key\""),
        };

        first.Status.ShouldBe(200, first.Text);
        others.ShouldAllBe(answer => answer.IsReplay && answer.Text == first.Text);
        (await creator.BalanceAsync()).ShouldBe(7);
    }

    [Fact]
    public async Task A_problem_names_the_route_and_not_the_old_path()
    {
        using var member = await fixture.SignInAsync();

        var answer = await member.PostAsync("/api/v1/wallet/tip", new { });

        answer.ShouldBeProblem(400, "validation_failed");
        answer.Json.GetProperty("instance").GetString().ShouldBe("/api/tokens/tip");
    }
}
