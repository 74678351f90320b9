using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tokens.Host.Tests.Errors;

/// <summary>Answers every call with the status that its payment method names; <c>pm_0</c> is hung up on.</summary>
internal sealed class StripeThatFails : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StripeThatFails(WebApplication app) => _app = app;

    internal string Address => _app.Urls.Single();

    internal static async Task<StripeThatFails> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            var status = int.Parse(form["payment_method"].ToString().AsSpan("pm_".Length), CultureInfo.InvariantCulture);
            if (status == 0)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new { error = new { type = "api_error", message = "sk_live_secret said no" } });
        });
        await app.StartAsync();
        return new StripeThatFails(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
