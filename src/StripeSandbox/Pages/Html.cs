using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Tokens.StripeSandbox.Pages;

/// <summary>
/// HTML, written as an interpolated string whose every value is encoded as it is put in, so that none can be forgotten. Values in
/// attributes stand in double quotes.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder text;

    public Html(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (formattedCount * 16));

    internal static Html Nothing => $"";

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(Html inner) => text.Append(inner.text);

    public void AppendFormatted(IEnumerable<Html> inner)
    {
        foreach (var part in inner)
        {
            text.Append(part.text);
        }
    }

    public void AppendFormatted<T>(T value) =>
        text.Append(HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));

    public override string ToString() => text.ToString();
}
