namespace Tokens.Bench.Settings;

/// <summary>The command line can't be followed; the message says why.</summary>
internal sealed class OptionException(string message) : Exception(message);
