namespace Tokens.Platform.Operations;

/// <summary>Reads what a module has parked. A module that parks anything registers one.</summary>
public interface IParkedReader
{
    /// <summary>At most <paramref name="count"/> rows, whichever.</summary>
    Task<IReadOnlyList<ParkedRow>> ReadAsync(int count, CancellationToken cancellationToken);
}
