namespace Tokens.Platform.Operations;

/// <summary>A check that operations can ask for at a button. It reads, however long that takes, and changes nothing.</summary>
public interface IOperationsCheck
{
    /// <summary>Lower-case name, 1 to 32 letters; unique in the product.</summary>
    string Name { get; }

    /// <summary>What the button says.</summary>
    string Title { get; }

    /// <summary>Runs it.</summary>
    Task<CheckFinding> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="IsSound">Whether nothing is wrong.</param>
/// <param name="Summary">A sentence.</param>
public sealed record CheckFinding(bool IsSound, string Summary);
