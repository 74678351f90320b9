namespace Tokens.Platform.Storage.Sqlite;

/// <summary>How ids and instants lie in a SQLite file, for EF Core and hand-written SQL alike.</summary>
public static class SqliteValues
{
    /// <summary>An id as 16 big-endian bytes, so that byte order is id order.</summary>
    public static byte[] ToBytes(Guid id) => id.ToByteArray(bigEndian: true);

    /// <summary>The id that <see cref="ToBytes"/> stored.</summary>
    public static Guid ToId(ReadOnlySpan<byte> bytes) => new(bytes, bigEndian: true);

    /// <summary>The id that <see cref="ToBytes"/> stored.</summary>
    public static Guid ToId(byte[] bytes) => new(bytes, bigEndian: true);

    /// <summary>A UTC instant as milliseconds since 1970.</summary>
    public static long ToMilliseconds(DateTime moment) => new DateTimeOffset(moment, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>The instant that <see cref="ToMilliseconds"/> stored.</summary>
    public static DateTime ToInstant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;
}
