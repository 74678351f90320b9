namespace Tokens.Testing.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task Returns_as_soon_as_the_condition_holds()
    {
        var asked = 0;

        await Eventually.BecomesTrueAsync(() => ++asked == 3, TimeSpan.FromSeconds(30), "asked three times");

        asked.ShouldBe(3);
    }

    [Fact]
    public async Task Fails_with_its_sentence_when_the_deadline_passes()
    {
        var failure = await Should.ThrowAsync<TimeoutException>(
            () => Eventually.BecomesTrueAsync(() => false, TimeSpan.FromMilliseconds(50), "the moon is made of cheese"));

        failure.Message.ShouldBe("Not within 0.05 s: the moon is made of cheese");
    }

    [Fact]
    public async Task What_the_condition_throws_ends_the_wait()
    {
        static bool Broken() => throw new NotSupportedException();

        await Should.ThrowAsync<NotSupportedException>(() => Eventually.BecomesTrueAsync(Broken, TimeSpan.FromMinutes(1), "never"));
    }
}
