using System.Buffers.Text;
using System.Text;

namespace Tokens.Platform.Caching.Shared;

/// <summary>
/// What stands in a slot: a figure, <c>{generation} {version} {value}</c>; or the least version that may be written there,
/// <c>{generation} ! {version}</c>; or a lease, which keeps that, <c>{generation} ? {token} {version}</c>. What begins with another
/// generation than the one in force counts as nothing.
/// </summary>
internal static class SlotText
{
    internal static bool TryReadFigure(Guid id, SlotView view, out Figure figure)
    {
        figure = default;
        if (!TryReadBody(view, out var body)
            || !Utf8Parser.TryParse(body, out long version, out var length)
            || length >= body.Length
            || body[length] != ' '
            || !Utf8Parser.TryParse(body[(length + 1)..], out long value, out var rest)
            || length + 1 + rest != body.Length)
        {
            return false;
        }

        figure = new Figure(id, version, value);
        return true;
    }

    /// <summary>Whether a figure or a lease of the generation in force stands there.</summary>
    internal static bool IsTaken(SlotView view) => TryReadBody(view, out var body) && body[0] != '!';

    /// <summary>Whether the lease was taken with that token's beginning.</summary>
    internal static bool IsLeasedBy(SlotView view, string host) =>
        TryReadBody(view, out var body) && body.Length > 2 && body[0] == '?' && body[2..].StartsWith(Encoding.ASCII.GetBytes(host));

    /// <summary>The figure in place of a lease, of the lease's generation.</summary>
    internal static byte[] Fill(ReadOnlySpan<byte> lease, Figure figure)
    {
        var generation = lease[..lease.IndexOf((byte)' ')];
        return Encoding.ASCII.GetBytes($"{Encoding.ASCII.GetString(generation)} {figure.Version} {figure.Value}");
    }

    private static bool TryReadBody(SlotView view, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (view is not { Generation: { } generation, Slot: { } slot }
            || slot.Length <= generation.Length + 1
            || slot[generation.Length] != ' '
            || !slot.AsSpan().StartsWith(generation))
        {
            return false;
        }

        body = slot.AsSpan(generation.Length + 1);
        return true;
    }
}
