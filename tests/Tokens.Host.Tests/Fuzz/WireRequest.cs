using System.Globalization;
using System.Text;

namespace Tokens.Host.Tests.Fuzz;

/// <summary>A request as bytes, so that anything can be sent, and what may be expected of its answer.</summary>
/// <param name="Route">The route it was made from.</param>
/// <param name="Method">Its method.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="IsBelowHttp">The server may refuse it before it is a request: with a bare status, or by hanging up.</param>
internal sealed record WireRequest(string Route, string Method, byte[] Bytes, bool IsBelowHttp)
{
    private const int ShownBytesMax = 700;

    public override string ToString() =>
        $"{Route}: {Printable(Encoding.Latin1.GetString(Bytes, 0, Math.Min(Bytes.Length, ShownBytesMax)))} ({Bytes.Length} bytes)";

    internal static string Printable(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")));
}
