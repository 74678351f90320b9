namespace Tokens.Platform.Operations;

/// <summary>Something that waits for a person, as operations are shown it.</summary>
/// <param name="Module">Whose it is.</param>
/// <param name="Kind">What it is, in the module's words.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why no worker goes on with it.</param>
/// <param name="Since">Since when; null when that isn't known.</param>
public sealed record ParkedRow(string Module, string Kind, string Id, string Reason, DateTime? Since);
