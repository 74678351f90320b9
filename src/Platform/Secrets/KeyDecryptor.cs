using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace Tokens.Platform.Secrets;

/// <summary>Reads what <see cref="KeyEncryptor"/> wrote. Stored keys name this type, so it can't be renamed or moved.</summary>
internal sealed class KeyDecryptor : IXmlDecryptor
{
    private readonly KeySecrets _secrets;

    // Data Protection makes it by this constructor, with the host's services.
    public KeyDecryptor(IServiceProvider services) => _secrets = services.GetRequiredService<KeySecrets>();

    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var plain = KeyCipher.TryDecrypt(Convert.FromBase64String(encryptedElement.Value), _secrets.Values)
            ?? throw new CryptographicException("A stored key was encrypted under a DATA_PROTECTION_KEY that this host isn't given.");
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
