namespace Tokens.Host.Roles;

/// <summary>What Production can't do without: named all at once, because a start that fails four times in a row wastes a night.</summary>
internal static class RequiredSettings
{
    internal static void Check(IConfiguration configuration, HostSettings settings)
    {
        if (settings.IsDevelopment || !settings.Plays(Role.Api))
        {
            return;
        }

        var missing = new List<string>();
        if (IsMissing("SUPABASE_JWT_SECRET") && IsMissing("JWT_AUTHORITY"))
        {
            missing.Add("SUPABASE_JWT_SECRET or JWT_AUTHORITY: whose sign-ins are believed");
        }

        foreach (var (name, purpose) in new[]
        {
            ("STRIPE_SECRET_KEY", "the account that cards are charged for"),
            ("GIFT_CARD_PEPPER", "the key under which gift-card codes are stored"),
            ("DATA_PROTECTION_KEY", "the key under which session keys are stored"),
        })
        {
            if (IsMissing(name))
            {
                missing.Add($"{name}: {purpose}");
            }
        }

        if (missing.Count > 0)
        {
            throw new SettingsException(
                $"{settings.Environment} needs these settings:{string.Concat(missing.Select(line => "\n  " + line))}");
        }

        bool IsMissing(string name) => string.IsNullOrWhiteSpace(configuration[name]);
    }
}
