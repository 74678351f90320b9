using Tokens.StripeSandbox.Faults;

namespace Tokens.StripeSandbox.Tests.Faults;

/// <summary>Draws what a test can draw too.</summary>
internal sealed class ForetoldChance(int seed) : IChance
{
    private readonly Random random = new(seed);

    public double Draw()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }
}
