using Tokens.Host.Gateway.Deliveries;

namespace Tokens.Gateway.Tests;

public sealed class SentAnswerTests
{
    private static readonly SentAnswer Answer = new(AckedBefore: 1_000, Bytes: 500);

    [Theory]
    [InlineData(1_800ul, 0u, 0u, true)]
    [InlineData(1_499ul, 0u, 0u, null)]
    [InlineData(1_800ul, 1u, 0u, null)]
    [InlineData(1_800ul, 0u, 7u, null)]
    public void While_the_connection_stands_the_answer_is_taken_when_all_of_it_is_acknowledged(
        ulong acked, uint unacked, uint unsent, bool? isTaken) =>
        Answer.IsTaken(new TcpFacts(IsClosed: false, unacked, unsent, acked), hasEnded: false).ShouldBe(isTaken);

    [Theory]
    [InlineData(1_800ul, 0u, false, true)]
    [InlineData(1_000ul, 0u, false, false)]
    [InlineData(1_800ul, 1u, false, false)]
    [InlineData(1_800ul, 0u, true, false)]
    public void A_connection_that_has_ended_decides(ulong acked, uint unacked, bool wasReset, bool isTaken) =>
        Answer.IsTaken(new TcpFacts(wasReset, unacked, UnsentBytes: 0, acked), hasEnded: true).ShouldBe(isTaken);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Where_the_system_tells_nothing_a_connection_must_stand(bool hasEnded, bool isTaken) =>
        Answer.IsTaken(connection: null, hasEnded).ShouldBe(isTaken);
}
