namespace Tokens.Host.Roles;

/// <summary>The environment doesn't allow a start; the message says what to set, and is all that the operator sees.</summary>
internal sealed class SettingsException(string message) : Exception(message);
