using System.Security.Cryptography;

namespace Tokens.StripeSandbox.Wire;

/// <summary>Makes Stripe's kind of ids: a prefix that says what it is, then random letters and digits.</summary>
internal static class ObjectId
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    internal static string New(string prefix, int length = 24) => prefix + "_" + RandomNumberGenerator.GetString(Alphabet, length);
}
