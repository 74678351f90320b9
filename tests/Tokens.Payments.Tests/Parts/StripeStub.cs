using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tokens.Payments.Tests.Parts;

/// <summary>
/// Stripe's payment intents in a few lines, on a port of its own, with a list of faults for each call: it stores the first answer to a
/// key as Stripe does, and counts what was charged.
/// </summary>
internal sealed class StripeStub : IAsyncDisposable
{
    /// <summary>More than one call's repeats overcome.</summary>
    public static readonly StripeFault[] AwayForGood = [.. Enumerable.Repeat(StripeFault.DroppedBefore, 4)];

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Status, string Body)> _answers = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StripeFault>> _faults = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, (int Status, string Body)> _refusals = new();
    private int _sequence;

    private StripeStub(WebApplication app) => _app = app;

    public ConcurrentDictionary<string, StubIntent> Intents { get; } = new();

    /// <summary>Customers and their cards.</summary>
    public StubCards Cards { get; } = new();

    /// <summary>Every call as it came: name (<c>create</c>, <c>confirm</c>, <c>retrieve</c>, <c>cancel</c>, one of the cards' names) and key.</summary>
    public ConcurrentQueue<(string Name, string? Key)> Calls { get; } = new();

    public string Address { get; private set; } = "";

    public int Charges => Intents.Values.Count(intent => intent.Status == "succeeded");

    public static async Task<StripeStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StripeStub(app);
        app.MapPost("/v1/payment_intents", context => stub.AnswerAsync(context, "create"));
        app.MapGet("/v1/payment_intents/{id}", context => stub.AnswerAsync(context, "retrieve"));
        app.MapPost("/v1/payment_intents/{id}/confirm", context => stub.AnswerAsync(context, "confirm"));
        app.MapPost("/v1/payment_intents/{id}/cancel", context => stub.AnswerAsync(context, "cancel"));
        app.MapPost("/v1/customers", context => stub.AnswerAsync(context, "customers.create"));
        app.MapPost("/v1/setup_intents", context => stub.AnswerAsync(context, "setup_intents.create"));
        app.MapGet("/v1/payment_methods", context => stub.AnswerAsync(context, "payment_methods.list"));
        app.MapGet("/v1/payment_methods/{id}", context => stub.AnswerAsync(context, "payment_methods.retrieve"));
        app.MapPost("/v1/payment_methods/{id}/detach", context => stub.AnswerAsync(context, "payment_methods.detach"));
        await app.StartAsync();
        stub.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return stub;
    }

    /// <summary>The next calls of that name go wrong, one fault each.</summary>
    public void Fail(string name, params StripeFault[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.GetOrAdd(name, _ => new()).Enqueue(fault);
        }
    }

    /// <summary>Every call of that name is refused so, and stored under no key, until <see cref="Allow"/>.</summary>
    public void Refuse(string name, int status, string type, string? code = null, string? param = null) =>
        _refusals[name] = (status, Error(type, "Refused.", param, code));

    public void Allow(string name) => _refusals.TryRemove(name, out _);

    /// <summary>Calls of that name wait until the returned source is completed.</summary>
    public TaskCompletionSource Hold(string name) =>
        _gates[name] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public int CountOf(string name) => Calls.Count(call => call.Name == name);

    public string?[] KeysOf(string name) => [.. Calls.Where(call => call.Name == name).Select(call => call.Key)];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, string name)
    {
        var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault();
        Calls.Enqueue((name, key));
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        if (_gates.TryGetValue(name, out var gate))
        {
            await gate.Task;
        }

        StripeFault? fault = _faults.TryGetValue(name, out var faults) && faults.TryDequeue(out var next) ? next : null;
        switch (fault)
        {
            case StripeFault.DroppedBefore:
                context.Abort();
                return;
            case StripeFault.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case StripeFault.TooManyRequests or StripeFault.Conflict or StripeFault.Unauthorized:
                var status = fault switch { StripeFault.TooManyRequests => 429, StripeFault.Conflict => 409, _ => 401 };
                await WriteAsync(context, (status, Error("invalid_request_error", "Not now.")));
                return;
        }

        if (_refusals.TryGetValue(name, out var refusal))
        {
            await WriteAsync(context, refusal);
            return;
        }

        var answer = Once(key, () => fault == StripeFault.ErrorWithoutEffect ? ServerError : Carry(name, context, form, fault));
        if (fault == StripeFault.LostReply)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, answer);
    }

    private static (int Status, string Body) ServerError => (500, Error("api_error", "Sorry."));

    private (int Status, string Body) Once(string? key, Func<(int Status, string Body)> answer)
    {
        lock (_lock)
        {
            return key is null ? answer()
                : _answers.TryGetValue(key, out var stored) ? stored
                : _answers[key] = answer();
        }
    }

    private (int Status, string Body) Carry(string name, HttpContext context, IFormCollection? form, StripeFault? fault)
    {
        var answer = name == "create" ? Create(form!)
            : StubCards.Names.Contains(name) ? Cards.Carry(name, context, form)
            : Change(name, (string)context.Request.RouteValues["id"]!);
        return fault == StripeFault.ErrorAfterEffect ? ServerError : answer;
    }

    private (int Status, string Body) Create(IFormCollection form)
    {
        var method = form["payment_method"].ToString();
        if (method == "pm_unknown")
        {
            return (400, Error("invalid_request_error", "No such PaymentMethod.", "payment_method", "resource_missing"));
        }

        if (Cards.Refusal(form["customer"], method) is { } refusal)
        {
            return refusal;
        }

        var intent = new StubIntent(
            $"pi_{++_sequence}", long.Parse(form["amount"].ToString()), method, form["metadata[purchase_id]"].ToString());
        Intents[intent.Id] = intent;
        return Ok(intent);
    }

    private (int Status, string Body) Change(string name, string id)
    {
        if (!Intents.TryGetValue(id, out var intent))
        {
            return (404, Error("invalid_request_error", "No such payment_intent.", "intent", "resource_missing"));
        }

        switch (name)
        {
            case "retrieve":
                return Ok(intent);
            case "cancel" when intent.Status is not ("succeeded" or "canceled"):
                intent.Status = "canceled";
                return Ok(intent);
            case "confirm" when intent.Status == "requires_confirmation":
                return Cards.Refusal(customer: null, intent.PaymentMethod) ?? Confirm(intent);
            default:
                return (400, Error("invalid_request_error", "Unexpected state.", null, "payment_intent_unexpected_state"));
        }
    }

    private static (int Status, string Body) Confirm(StubIntent intent)
    {
        switch (intent.PaymentMethod.Split('/'))
        {
            case ["pm_decline", var code, var declineCode]:
                intent.Status = "requires_payment_method";
                intent.Error = (code, declineCode);
                return (402, JsonSerializer.Serialize(intent.ToErrorJson()));
            case ["pm_unusable"]:
                return (400, Error("invalid_request_error", "This PaymentMethod can't be used."));
            case ["pm_3ds", ..]:
                intent.Status = "requires_action";
                return Ok(intent);
            default:
                intent.Status = "succeeded";
                return Ok(intent);
        }
    }

    private static (int Status, string Body) Ok(StubIntent intent) => (200, JsonSerializer.Serialize(intent.ToJson()));

    internal static string Error(string type, string message, string? param = null, string? code = null) =>
        JsonSerializer.Serialize(new { error = new { type, message, param, code } });

    private static Task WriteAsync(HttpContext context, (int Status, string Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["Request-Id"] = "req_stub";
        return context.Response.WriteAsync(answer.Body);
    }
}
