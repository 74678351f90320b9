using System.ComponentModel.DataAnnotations;

namespace Tokens.Platform.Importing;

/// <summary>Section <c>Import</c>.</summary>
public sealed class ImportOptions
{
    /// <summary>Longest line in bytes, 256 to 1,048,576.</summary>
    [Range(256, 1_048_576)]
    public int LineBytesMax { get; set; } = 16 * 1024;

    /// <summary>Lines taken over together, 1 to 2,000.</summary>
    [Range(1, 2_000)]
    public int LinesAtOnce { get; set; } = 500;
}
