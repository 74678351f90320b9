namespace Tokens.Testing;

/// <summary>The values of the trait that decides when a test runs; a test without it runs each time, beside others.</summary>
public static class Form
{
    /// <summary>The trait's name.</summary>
    public const string Trait = nameof(Form);

    /// <summary>Runs with <c>./test.sh --all</c> only: a longer form of what a daily test shows, or a build of its own.</summary>
    public const string Extended = nameof(Extended);
}
