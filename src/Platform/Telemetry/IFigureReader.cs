namespace Tokens.Platform.Telemetry;

/// <summary>Figures of a module that only a query gives, such as rows that wait; asked now and then, on every host.</summary>
public interface IFigureReader
{
    /// <summary>The module's meter.</summary>
    string MeterName { get; }

    /// <summary>What it reads; the same at every call.</summary>
    IReadOnlyList<FigureDescription> Figures { get; }

    /// <summary>Reads all of them. What it leaves out, and everything after a fault, is unknown until the next time: no number.</summary>
    Task<IReadOnlyList<FigureReading>> ReadAsync(CancellationToken cancellationToken);
}
