using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Tokens.Platform.Secrets;

/// <summary>Encrypts the secret part of a key before it is stored.</summary>
internal sealed class KeyEncryptor(KeySecrets secrets) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var message = Convert.ToBase64String(KeyCipher.Encrypt(plain, secrets.Values[0]));
        return new EncryptedXmlInfo(new XElement("encryptedKey", message), typeof(KeyDecryptor));
    }
}
