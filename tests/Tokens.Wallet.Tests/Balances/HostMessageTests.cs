using Tokens.Wallet.Balances;

namespace Tokens.Wallet.Tests.Balances;

public sealed class HostMessageTests
{
    private static readonly Guid Host = Guid.NewGuid();

    private readonly IBalanceNews[] _news =
    [
        new BalanceChange(Guid.NewGuid(), 7, 900, -100, "tip", Guid.NewGuid()),
        new BalanceNotice(Guid.NewGuid(), "refill_pending", """{"tokens":50}"""),
        new BalanceChange(Guid.NewGuid(), 1, 100, 100, "gift_received", Guid.NewGuid()),
    ];

    [Fact]
    public void What_one_host_writes_another_reads() => HostMessage.Read(Guid.NewGuid(), HostMessage.Write(Host, _news)).ShouldBe(_news);

    [Fact]
    public void A_host_does_not_hear_its_own_echo() => HostMessage.Read(Host, HostMessage.Write(Host, _news)).ShouldBeEmpty();

    [Fact]
    public void The_words_of_another_release_are_passed_over()
    {
        var message = HostMessage.Write(Host, _news);
        message[0]++;

        HostMessage.Read(Guid.NewGuid(), message).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_is_cut_off_is_told_as_such()
    {
        var message = HostMessage.Write(Host, _news);

        foreach (var length in new[] { 0, 9, message.Length - 1, message.Length - 20 })
        {
            Should.Throw<IOException>(() => HostMessage.Read(Guid.NewGuid(), message[..length]).ToList());
        }
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_told_as_such()
    {
        var message = HostMessage.Write(Host, _news[..1]);
        message[17] = 9;

        Should.Throw<FormatException>(() => HostMessage.Read(Guid.NewGuid(), message).ToList());
    }
}
