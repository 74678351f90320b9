namespace Tokens.Bench.Settings;

/// <summary><c>pieces</c> takes no options.</summary>
internal sealed record PiecesOptions : BenchOptions
{
    internal static PiecesOptions Read(OptionReader options)
    {
        options.End();
        return new PiecesOptions();
    }
}
