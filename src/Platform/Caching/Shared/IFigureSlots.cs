namespace Tokens.Platform.Caching.Shared;

/// <summary>
/// What is asked of the server that hosts share: a slot a figure, and the generation in force. Every command but a raise bears being
/// executed late or twice. A <see cref="Redis.RedisAwayException"/> means that it isn't known whether it was executed, or will be.
/// </summary>
internal interface IFigureSlots
{
    /// <summary>How often the connection to the server was lost: it may have come back with what it held long ago.</summary>
    int Losses { get; }

    /// <summary>The generation and the slot, at one moment.</summary>
    Task<SlotView> ReadAsync(Guid id);

    /// <summary>Leases the slot, unless a figure or a lease of the generation in force is in it; answers what is in it then.</summary>
    /// <param name="id">Whose slot.</param>
    /// <param name="token">Unique; also the name of a generation, where the server knows none.</param>
    Task<SlotView> LeaseAsync(Guid id, string token);

    /// <summary>Puts the figure where this very lease stands; does nothing where it no longer does.</summary>
    Task FillAsync(ReadOnlyMemory<byte> lease, Figure figure);

    /// <summary>
    /// Puts the figures where no newer ones are, if that generation is in force. Otherwise something newer may have been forgotten, and
    /// it only empties their slots of what is older and remembers there that nothing older may come. Either way leases on them are
    /// void, except those that were taken after the figure was known.
    /// </summary>
    /// <param name="generation">In force before the figures were committed or read; null when it wasn't known.</param>
    /// <param name="figures">The figures.</param>
    /// <returns>The generation in force; null where the server knows none.</returns>
    Task<byte[]?> WriteAsync(byte[]? generation, ReadOnlyMemory<Figure> figures);

    /// <summary>Puts a generation in force that never was: nothing that any slot holds counts any more.</summary>
    Task RaiseAsync(string generation);
}

/// <summary>The generation in force and what is in one slot; null for what the server doesn't hold.</summary>
internal readonly record struct SlotView(byte[]? Generation, byte[]? Slot);
