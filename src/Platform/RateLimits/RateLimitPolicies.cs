using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Tokens.Platform.RateLimits;

/// <summary>
/// Every registered policy with its limit as the configuration has it now. The framework's options monitor would give up a good
/// value for a bad one, so the section is read here.
/// </summary>
public sealed partial class RateLimitPolicies : IDisposable
{
    private const string Section = "RateLimits";
    private const string MemorySection = "Memory";

    private readonly RateLimitPolicy[] _policies;
    private readonly IConfigurationSection _section;
    private readonly ILogger<RateLimitPolicies> _logger;
    private readonly IDisposable _changes;
    private volatile FrozenDictionary<string, RateLimit?> _limits;

    /// <summary>Reads the limits.</summary>
    /// <exception cref="OptionsValidationException">One is out of its range.</exception>
    public RateLimitPolicies(IEnumerable<RateLimitPolicy> policies, IConfiguration configuration, ILogger<RateLimitPolicies> logger)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _policies = [.. policies];
        _section = configuration.GetSection(Section);
        _logger = logger;
        _limits = _policies.ToFrozenDictionary(policy => policy.Name, Read, StringComparer.Ordinal);
        WarnOfStrangers();
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Whether a policy of this name has been registered.</summary>
    public bool Knows(string policy) => _limits.ContainsKey(policy);

    /// <inheritdoc />
    public void Dispose() => _changes.Dispose();

    /// <summary>The policy's limit; null while it is not enabled.</summary>
    internal RateLimit? LimitOf(string policy) => _limits[policy];

    private void Reload()
    {
        var before = _limits;
        _limits = _policies.ToFrozenDictionary(policy => policy.Name, policy => ReadOrKeep(policy, before[policy.Name]), StringComparer.Ordinal);
        WarnOfStrangers();
    }

    private RateLimit? ReadOrKeep(RateLimitPolicy policy, RateLimit? before)
    {
        try
        {
            var now = Read(policy);
            if (now != before)
            {
                LogChanged(_logger, policy.Name, now?.ToString() ?? "off");
            }

            return now;
        }
        catch (Exception fault) when (fault is OptionsValidationException or InvalidOperationException)
        {
            LogKept(_logger, policy.Name, fault.Message);
            return before;
        }
    }

    private RateLimit? Read(RateLimitPolicy policy)
    {
        var options = new RateLimitOptions { PermitLimit = policy.PermitLimit, WindowSeconds = policy.WindowSeconds };
        _section.GetSection(policy.Name).Bind(options);
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new OptionsValidationException(
                policy.Name, typeof(RateLimitOptions), faults.Select(fault => $"{Section}:{policy.Name}: {fault.ErrorMessage}"));
        }

        return options.Enabled ? new RateLimit(policy.Name, options.PermitLimit, TimeSpan.FromSeconds(options.WindowSeconds)) : null;
    }

    // A misspelt name would otherwise look like a limit that has been set.
    private void WarnOfStrangers()
    {
        foreach (var stranger in _section.GetChildren().Where(child => !_limits.ContainsKey(child.Key) && child.Key != MemorySection))
        {
            LogStranger(_logger, stranger.Path);
        }
    }

    [LoggerMessage(LogIds.RateLimitPoliciesChanged, LogLevel.Information, "The limit {Policy} is now {Limit}.")]
    private static partial void LogChanged(ILogger logger, string policy, string limit);

    [LoggerMessage(LogIds.RateLimitPoliciesKept, LogLevel.Warning, "The limit {Policy} stays as it is, since the new one is refused: {Reason}")]
    private static partial void LogKept(ILogger logger, string policy, string reason);

    [LoggerMessage(LogIds.RateLimitPoliciesStranger, LogLevel.Warning, "{Setting} has no effect: there is no such policy.")]
    private static partial void LogStranger(ILogger logger, string setting);
}
