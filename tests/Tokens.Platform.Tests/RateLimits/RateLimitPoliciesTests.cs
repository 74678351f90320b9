using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tokens.Platform.RateLimits;

namespace Tokens.Platform.Tests.RateLimits;

public sealed class RateLimitPoliciesTests : IDisposable
{
    private readonly RateLimitPolicy _policy = new("shop", "order", 5, 60);
    private readonly ConfigurationManager _configuration = new();
    private readonly LogLines _log = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public void A_policy_has_its_own_limit_until_the_configuration_says_otherwise()
    {
        Set("RateLimits:other.order:PermitLimit", "1");
        using var policies = Create();

        policies.Knows("shop.order").ShouldBeTrue();
        policies.Knows("shop.orders").ShouldBeFalse();
        policies.LimitOf("shop.order").ShouldBe(new RateLimit("shop.order", 5, TimeSpan.FromSeconds(60)));
        _log.Lines.ShouldHaveSingleItem().ShouldBe("Warning: RateLimits:other.order has no effect: there is no such policy.");
    }

    [Fact]
    public void The_configuration_may_say_all_of_it_and_switch_it_off()
    {
        Set("RateLimits:shop.order:PermitLimit", "7");
        Set("RateLimits:shop.order:WindowSeconds", "10");
        Set("RateLimits:Memory:PartitionsMax", "1000");
        using var policies = Create();
        policies.LimitOf("shop.order").ShouldBe(new RateLimit("shop.order", 7, TimeSpan.FromSeconds(10)));

        Set("RateLimits:shop.order:Enabled", "false");
        Reload();

        policies.LimitOf("shop.order").ShouldBeNull();
        _log.Lines.ShouldBe(["Information: The limit shop.order is now off."]);
    }

    [Fact]
    public void A_change_takes_effect_at_once()
    {
        using var policies = Create();

        Set("RateLimits:shop.order:PermitLimit", "6");
        Reload();
        policies.LimitOf("shop.order").ShouldBe(new RateLimit("shop.order", 6, TimeSpan.FromSeconds(60)));
        Set("RateLimits:shop.order:PermitLimit", "5");
        Reload();

        policies.LimitOf("shop.order").ShouldBe(new RateLimit("shop.order", 5, TimeSpan.FromSeconds(60)));
        _log.Lines.ShouldBe(["Information: The limit shop.order is now 6 in 60 s.", "Information: The limit shop.order is now 5 in 60 s."]);
    }

    [Theory]
    [InlineData("PermitLimit", "0")]
    [InlineData("PermitLimit", "10001")]
    [InlineData("PermitLimit", "many")]
    [InlineData("WindowSeconds", "0")]
    [InlineData("WindowSeconds", "86401")]
    [InlineData("Enabled", "perhaps")]
    public void A_bad_value_keeps_the_old_limit_and_leaves_the_others_alone(string option, string value)
    {
        Set("RateLimits:shop.order:PermitLimit", "7");
        var other = new RateLimitPolicy("shop", "look", 100, 60);
        using var policies = Create(other);

        Set("RateLimits:shop.order:" + option, value);
        Set("RateLimits:shop.look:PermitLimit", "200");
        Reload();

        policies.LimitOf("shop.order").ShouldBe(new RateLimit("shop.order", 7, TimeSpan.FromSeconds(60)));
        policies.LimitOf("shop.look").ShouldBe(new RateLimit("shop.look", 200, TimeSpan.FromSeconds(60)));
        var warning = _log.Lines.Single(line => line.StartsWith("Warning", StringComparison.Ordinal));
        warning.ShouldContain("RateLimits:shop.order");
        warning.ShouldContain(option);
    }

    [Theory]
    [InlineData("PermitLimit", "0")]
    [InlineData("WindowSeconds", "-1")]
    public void A_bad_value_at_the_start_stops_it(string option, string value)
    {
        Set("RateLimits:shop.order:" + option, value);

        var fault = Should.Throw<OptionsValidationException>(() => Create());

        fault.Message.ShouldContain("RateLimits:shop.order");
        fault.Message.ShouldContain(option);
    }

    [Fact]
    public void Two_policies_of_one_name_are_refused()
    {
        var services = new ServiceCollection().AddRateLimitPolicies(_policy);

        Should.Throw<InvalidOperationException>(() => services.AddRateLimitPolicies(new RateLimitPolicy("shop", "order", 6, 60)))
            .Message.ShouldContain("shop.order");
    }

    private RateLimitPolicies Create(params RateLimitPolicy[] others) =>
        new([_policy, .. others], _configuration, new Logger<RateLimitPolicies>(_log));

    private void Set(string key, string value) => _configuration[key] = value;

    private void Reload() => ((IConfigurationRoot)_configuration).Reload();

    private sealed class LogLines : ILoggerFactory, ILogger
    {
        internal List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel}: {formatter(state, exception)}");

        public void Dispose()
        {
            // Nothing to release.
        }
    }
}
