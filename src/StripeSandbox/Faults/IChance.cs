namespace Tokens.StripeSandbox.Faults;

/// <summary>Decides whom a fault meets; tests put one in its place that they can foretell.</summary>
internal interface IChance
{
    /// <summary>A number of at least 0 and less than 1, each as likely as any other.</summary>
    double Draw();
}
