using System.Text;
using Tokens.Platform.Secrets;

namespace Tokens.Platform.Tests.Secrets;

public sealed class KeyCipherTests
{
    private static readonly byte[] Plain = "<masterKey>…</masterKey>"u8.ToArray();
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a secret of thirty-two characters or more");
    private static readonly byte[] Other = Encoding.UTF8.GetBytes("another secret of thirty-two characters");

    [Fact]
    public void Any_of_the_secrets_reads_what_one_of_them_wrote()
    {
        var message = KeyCipher.Encrypt(Plain, Secret);

        KeyCipher.TryDecrypt(message, [Secret]).ShouldBe(Plain);
        KeyCipher.TryDecrypt(message, [Other, Secret]).ShouldBe(Plain);
        KeyCipher.TryDecrypt(message, [Other]).ShouldBeNull();
        KeyCipher.TryDecrypt(message, []).ShouldBeNull();
    }

    [Fact]
    public void Two_messages_of_one_text_are_unlike()
    {
        KeyCipher.Encrypt(Plain, Secret).ShouldNotBe(KeyCipher.Encrypt(Plain, Secret));
        KeyCipher.TryDecrypt(KeyCipher.Encrypt([], Secret), [Secret]).ShouldBe([]);
    }

    [Fact]
    public void A_changed_or_shortened_message_is_refused()
    {
        var message = KeyCipher.Encrypt(Plain, Secret);
        for (var at = 0; at < message.Length; at++)
        {
            var changed = message.ToArray();
            changed[at] ^= 1;
            KeyCipher.TryDecrypt(changed, [Secret]).ShouldBeNull($"byte {at}");
            KeyCipher.TryDecrypt(message[..at], [Secret]).ShouldBeNull($"{at} bytes");
        }
    }
}
