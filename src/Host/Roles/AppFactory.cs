using Microsoft.Extensions.Options;
using Tokens.Host.Telemetry;

namespace Tokens.Host.Roles;

/// <summary>Makes the builder of each role's application, all with the same configuration and environment.</summary>
internal sealed class AppFactory(string environment, string[] args)
{
    internal string Environment { get; } = environment;

    /// <summary>Settings that win over all others.</summary>
    internal IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>Called on every builder before anything is registered on it.</summary>
    internal Action<WebApplicationBuilder> Prepare { get; init; } = static _ => { };

    /// <summary>The same, with these settings above all.</summary>
    internal AppFactory With(IReadOnlyDictionary<string, string?> settings) => new(Environment, args)
    {
        Overrides = new Dictionary<string, string?>([.. Overrides.Where(own => !settings.ContainsKey(own.Key)), .. settings]),
        Prepare = Prepare,
    };

    internal WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            EnvironmentName = Environment,
            ApplicationName = typeof(AppFactory).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(Overrides);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();
        builder.Services.AddOptions<DrainOptions>().BindConfiguration("Drain").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DrainOptions>>((host, drain) => host.ShutdownTimeout = drain.Value.Timeout);
        builder.AddLogFormat();
        Prepare(builder);
        return builder;
    }
}
