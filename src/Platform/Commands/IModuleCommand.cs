namespace Tokens.Platform.Commands;

/// <summary>Something that an operator has a module do once, by <c>--run NAME</c>: registered as a singleton.</summary>
public interface IModuleCommand
{
    /// <summary>The module's name, a full stop, and what it does: <c>analytics.rebuild</c>.</summary>
    string Name { get; }

    /// <summary>Does it, saying on the way how far it is; may be stopped and run again.</summary>
    Task RunAsync(TextWriter output, CancellationToken cancellationToken);
}
