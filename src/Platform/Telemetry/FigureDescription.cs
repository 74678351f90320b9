namespace Tokens.Platform.Telemetry;

/// <summary>A gauge.</summary>
/// <param name="Name">Dotted, lower case, without its unit.</param>
/// <param name="Unit">UCUM: <c>s</c>, <c>{commit}</c>.</param>
/// <param name="Description">A sentence for dashboards.</param>
public sealed record FigureDescription(string Name, string Unit, string Description);
