using Tokens.StripeSandbox.Tests.Running;

namespace Tokens.StripeSandbox.Tests.PaymentIntents;

public sealed class ListTests
{
    [Fact]
    public async Task Pages_go_from_new_to_old_and_back_without_gap_or_repeat()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        List<string> made = [];
        for (var i = 0; i < 25; i++)
        {
            made.Insert(0, await sandbox.Caller.CreateAsync());
        }

        var first = await sandbox.Caller.GetAsync(StripeCaller.Intents);
        first.String("object").ShouldBe("list");
        first.String("url").ShouldBe("/v1/payment_intents");
        Ids(first).ShouldBe(made[..10]);
        first["has_more"].GetBoolean().ShouldBeTrue();

        var second = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=10&starting_after={made[9]}");
        Ids(second).ShouldBe(made[10..20]);
        second["has_more"].GetBoolean().ShouldBeTrue();
        var third = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=10&starting_after={made[19]}");
        Ids(third).ShouldBe(made[20..]);
        third["has_more"].GetBoolean().ShouldBeFalse();

        var back = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=10&ending_before={made[20]}");
        Ids(back).ShouldBe(made[10..20]);
        back["has_more"].GetBoolean().ShouldBeTrue();
        var top = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=100&ending_before={made[10]}");
        Ids(top).ShouldBe(made[..10]);
        top["has_more"].GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Created_filters_by_second()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var sandbox = await RunningSandbox.StartAsync(directory: null, clock);
        List<string> made = [];
        for (var i = 0; i < 3; i++)
        {
            made.Add(await sandbox.Caller.CreateAsync());
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var t = new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero).ToUnixTimeSeconds();
        foreach (var (filter, expected) in new (string, string[])[]
        {
            ($"created={t}", [made[1]]),
            ($"created[gte]={t}", [made[2], made[1]]),
            ($"created[gt]={t}", [made[2]]),
            ($"created[lte]={t}", [made[1], made[0]]),
            ($"created[lt]={t}", [made[0]]),
            ($"created[gt]={t - 1}&created[lt]={t + 1}", [made[1]]),
            ($"created[gt]={long.MaxValue}", []),
        })
        {
            Ids(await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?{filter}")).ShouldBe([.. expected], customMessage: filter);
        }
    }

    [Fact]
    public async Task Charges_can_be_expanded_in_a_list()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.Caller.CreateAsync("amount=500&currency=usd&payment_method=pm_card_visa&confirm=true");

        var list = await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?expand[0]=data.latest_charge");

        list["data"][0].GetProperty("latest_charge").GetProperty("amount").GetInt64().ShouldBe(500);
    }

    [Theory]
    [InlineData("limit=0", "parameter_invalid_integer", "limit")]
    [InlineData("limit=101", "parameter_invalid_integer", "limit")]
    [InlineData("limit=ten", "parameter_invalid_integer", "limit")]
    [InlineData("starting_after=pi_unknown", "resource_missing", "starting_after")]
    [InlineData("ending_before=pi_unknown", "resource_missing", "ending_before")]
    [InlineData("starting_after=a&ending_before=b", null, "ending_before")]
    [InlineData("created[since]=1", "parameter_unknown", "created[since]")]
    [InlineData("created[]=1", null, "created")]
    [InlineData("created=yesterday", "parameter_invalid_integer", "created")]
    [InlineData("expand[]=latest_charge", null, "expand")]
    [InlineData("page=2", "parameter_unknown", "page")]
    public async Task A_wrong_filter_is_named(string query, string? code, string param)
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        (await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?{query}")).ShouldBeRefused(400, code, param);
    }

    [Fact]
    public async Task The_largest_page_is_an_option()
    {
        await using var sandbox = await RunningSandbox.StartAsync(("StripeSandbox:MaxPageSize", "5"));
        (await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=5")).Status.ShouldBe(200);
        (await sandbox.Caller.GetAsync($"{StripeCaller.Intents}?limit=6")).ShouldBeRefused(400, "parameter_invalid_integer", "limit");
        (await sandbox.Caller.GetAsync(StripeCaller.Intents)).Status.ShouldBe(200);
    }

    private static List<string> Ids(Answer list) =>
        [.. list["data"].EnumerateArray().Select(intent => intent.GetProperty("id").GetString()!)];
}
