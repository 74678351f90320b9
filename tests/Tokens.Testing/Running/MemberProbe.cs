using System.Net;
using Shouldly;
using Tokens.Testing.Products;

namespace Tokens.Testing.Running;

/// <summary>Two members at an address of their own who read their balance and tip, one request at a time.</summary>
internal sealed class MemberProbe : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.2");
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestMember _fan;
    private readonly TestMember _creator;

    private MemberProbe(TestMember fan, TestMember creator) => (_fan, _creator) = (fan, creator);

    internal static async Task<MemberProbe> StartAsync(Uri gateway)
    {
        using var admin = await Members.AdminAsync(gateway);
        using var fan = await Members.WithTokensAsync(gateway, admin, 1_000_000);
        return new MemberProbe(
            await TestMember.SignInAsync(gateway, id: fan.Id, from: Address), await TestMember.SignInAsync(gateway, isCreator: true, from: Address));
    }

    /// <summary>
    /// Sends so many requests, every fourth a tip and at most twenty a second; each has to succeed before the gateway would give up a client
    /// that sends slowly.
    /// </summary>
    internal async Task IsServedAsync(int requests, string during)
    {
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; i < requests && await pace.WaitForNextTickAsync(); i++)
        {
            var asked = i % 4 == 3 ? _fan.TipAsync(_creator.Id, 1) : _fan.GetAsync("/api/tokens/balance");
            var answer = await asked.WaitAsync(Patience);
            answer.Status.ShouldBe(200, $"{during}: {answer.Text}");
        }
    }

    public void Dispose()
    {
        _fan.Dispose();
        _creator.Dispose();
    }
}
