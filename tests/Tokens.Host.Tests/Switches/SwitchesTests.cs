using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tokens.Host.Tests.Running;
using Tokens.Platform.Switches;
using Tokens.Testing;
using Tokens.Testing.Products;
using Tokens.Testing.Running;

namespace Tokens.Host.Tests.Switches;

/// <summary>What is switched off says so in a sentence, does nothing, and leaves all else as it is.</summary>
public sealed class SwitchesTests
{
    private static readonly TimeSpan Soon = Eventually.Deadline;

    [Fact]
    public async Task While_buying_is_off_nothing_is_charged_and_all_else_works()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, Off("buying"));
        using var admin = await Members.AdminAsync(product.Gateway);
        using var star = await Members.CreatorAsync(product.Gateway);
        using var fan = await Members.WithTokensAsync(product.Gateway, admin, 100);

        foreach (var answer in new[]
        {
            await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }),
            await fan.PostAsync("/api/tokens/quick-purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" }),
            await fan.PostAsync("/api/tokens/purchase-saved", new { tokenAmount = 50 }),
            await fan.PostAsync("/api/tokens/smart-refill/trigger", new { triggerType = "low_balance" }),
        })
        {
            answer.ShouldBeProblem(503, "switched_off");
            answer.Json.GetProperty("detail").GetString().ShouldBe("Tokens can't be bought for now; nothing was charged.");
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
        }

        (await fan.GetAsync("/api/tokens/packages")).Status.ShouldBe(200);
        (await fan.TipAsync(star.Id, 10)).Status.ShouldBe(200);
        (await fan.BalanceAsync()).ShouldBe(90);
        (await new HttpClient { BaseAddress = product.Gateway }.PostAsync("/api/tokens/purchase", content: null)).StatusCode
            .ShouldBe(System.Net.HttpStatusCode.Unauthorized, "who isn't signed in is told nothing");
    }

    [Fact]
    public async Task While_paying_out_is_off_no_payout_is_taken_and_what_was_can_be_read()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage, Off("paying_out"));
        using var star = await Members.CreatorAsync(product.Gateway);

        var answer = await star.PostAsync("/api/tokens/payout", new { tokenAmount = 1000 });

        answer.ShouldBeProblem(503, "switched_off");
        answer.Json.GetProperty("detail").GetString().ShouldBe("Nothing is paid out for now; your tokens stay where they are.");
        (await star.GetAsync("/api/tokens/payout/history")).Status.ShouldNotBe(503);
        (await star.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Read_only_reads_and_takes_what_Stripe_tells()
    {
        await using var storage = Storage.Sqlite();
        await using var product = await RunningProduct.StartAsync(storage);
        using var admin = await Members.AdminAsync(product.Gateway);
        using var star = await Members.CreatorAsync(product.Gateway);
        using var fan = await Members.WithTokensAsync(product.Gateway, admin, 100);
        var asked = await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_threeDSecure2Required" }, "k");
        var board = product.Services.GetRequiredService<SwitchBoard>();

        (await board.TurnAsync("changes", isOn: false, CancellationToken.None)).ShouldBeTrue();

        foreach (var answer in new[]
        {
            await fan.TipAsync(star.Id, 10),
            await fan.PostAsync("/api/tokens/tip", new { }),
            await fan.PostAsync("/api/tokens/gift-card", new { tokenAmount = 10 }),
            await fan.SendAsync(HttpMethod.Delete, $"/api/tokens/gift-cards/{Guid.NewGuid()}", content: null),
            await admin.PostAsync("/api/tokens/admin/adjustments", new { }),
        })
        {
            answer.ShouldBeProblem(503, "switched_off");
        }

        // What was begun before comes to its end: the member pays, and Stripe's word is taken.
        var intent = asked.Json.GetProperty("paymentIntent").GetProperty("id").GetString();
        using var holder = new HttpClient { BaseAddress = product.Sandbox };
        using var outcome = new StringContent("""{"outcome":"succeed"}""", System.Text.Encoding.UTF8, "application/json");
        (await holder.PostAsync($"/sandbox/payment_intents/{intent}/authenticate", outcome)).EnsureSuccessStatusCode();
        await Eventually.BecomesTrueAsync(async () => await fan.BalanceAsync() == 150, Soon, "what was paid is credited");
        (await fan.GetAsync("/api/tokens/transactions")).Status.ShouldBe(200);

        (await board.TurnAsync("changes", isOn: true, CancellationToken.None)).ShouldBeTrue();
        (await fan.TipAsync(star.Id, 10)).Status.ShouldBe(200);
        await Members.LedgerShouldBeCleanAsync(admin);
    }

    [Fact]
    public async Task One_host_turns_it_and_the_others_follow_also_after_a_start()
    {
        await using var storage = await Storage.PostgresAsync();
        using var second = new TemporaryDirectory();
        await using var here = await RunningProduct.StartAsync(storage);
        await using (var there = await RunningProduct.StartAsync(storage, new Dictionary<string, string?> { ["DATA_DIR"] = second.Path }))
        {
            var (board, other) = (here.Services.GetRequiredService<SwitchBoard>(), there.Services.GetRequiredService<SwitchBoard>());
            (await board.TurnAsync("buying", isOn: false, CancellationToken.None)).ShouldBeTrue();
            (await board.TurnAsync("buying", isOn: false, CancellationToken.None)).ShouldBeTrue("twice is once");
            (await board.TurnAsync("lights", isOn: false, CancellationToken.None)).ShouldBeFalse();

            await Eventually.BecomesTrueAsync(() => !IsOn(other, "buying"), Soon, "the other host follows");
            IsOn(other, "changes").ShouldBeTrue();
        }

        await using (var again = await RunningProduct.StartAsync(storage, new Dictionary<string, string?> { ["DATA_DIR"] = second.Path }))
        {
            using var fan = await TestMember.SignInAsync(again.Gateway);
            (await fan.PostAsync("/api/tokens/purchase", new { tokenAmount = 50, paymentMethodId = "pm_card_visa" })).ShouldBeProblem(503, "switched_off");
        }
    }

    [Fact]
    public async Task A_name_that_no_switch_has_stops_the_start_and_one_that_is_fixed_stays_off()
    {
        await using var storage = Storage.Sqlite();
        (await Should.ThrowAsync<OptionsValidationException>(RunningProduct.StartAsync(storage, Off("buying, lights"))))
            .Message.ShouldBe("Switches:Off: 'lights' is no switch; there are buying, changes, paying_out.");

        await using var product = await RunningProduct.StartAsync(storage, Off("buying"));
        var board = product.Services.GetRequiredService<SwitchBoard>();
        (await board.TurnAsync("buying", isOn: true, CancellationToken.None)).ShouldBeTrue();
        board.States.Single(state => state.Switch.Name == "buying").ShouldSatisfyAllConditions(
            state => state.IsOn.ShouldBeFalse(), state => state.IsFixed.ShouldBeTrue());
    }

    private static bool IsOn(SwitchBoard board, string name) => board.States.Single(state => state.Switch.Name == name).IsOn;

    private static Dictionary<string, string?> Off(string names) => new() { ["Switches:Off"] = names };
}
