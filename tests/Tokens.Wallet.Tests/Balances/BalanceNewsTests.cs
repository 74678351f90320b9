using Tokens.Wallet.Balances;

namespace Tokens.Wallet.Tests.Balances;

public sealed class BalanceNewsTests
{
    private static readonly Guid Host = Guid.NewGuid();

    private readonly BalanceChange[] _changes =
    [
        new(Guid.NewGuid(), 7, 900, -100, "tip", Guid.NewGuid()),
        new(Guid.NewGuid(), 1, 100, 100, "gift_received", Guid.NewGuid()),
    ];

    [Fact]
    public void What_one_host_writes_another_reads() => BalanceNews.Read(Guid.NewGuid(), BalanceNews.Write(Host, _changes)).ShouldBe(_changes);

    [Fact]
    public void A_host_does_not_hear_its_own_echo() => BalanceNews.Read(Host, BalanceNews.Write(Host, _changes)).ShouldBeEmpty();

    [Fact]
    public void The_words_of_another_release_are_passed_over()
    {
        var message = BalanceNews.Write(Host, _changes);
        message[0]++;

        BalanceNews.Read(Guid.NewGuid(), message).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_is_cut_off_is_told_as_such()
    {
        var message = BalanceNews.Write(Host, _changes);

        foreach (var length in new[] { 0, 9, message.Length - 1, message.Length - 20 })
        {
            Should.Throw<IOException>(() => BalanceNews.Read(Guid.NewGuid(), message[..length]).ToList());
        }
    }
}
