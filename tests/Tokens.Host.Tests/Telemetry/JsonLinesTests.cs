using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tokens.Host.Roles;
using Tokens.Host.Telemetry;

namespace Tokens.Host.Tests.Telemetry;

public sealed class JsonLinesTests
{
    [Fact]
    public void A_message_is_one_line_with_its_values_and_its_trace()
    {
        using var span = new Activity("request").Start();
        var fault = new InvalidOperationException("line one\nline two");

        var line = Written(LogLevel.Error, new EventId(101), [new("Route", "/api/tokens/tip"), new("Status", 500), new("Nothing", null)], fault);

        line.ShouldEndWith("\n");
        line.Trim().ShouldNotContain("\n");
        var json = JsonSerializer.Deserialize<JsonElement>(line);
        json.GetProperty("level").GetString().ShouldBe("Error");
        json.GetProperty("eventId").GetInt32().ShouldBe(101);
        json.GetProperty("message").GetString().ShouldBe("It “failed”");
        json.GetProperty("traceId").GetString().ShouldBe(span.TraceId.ToString());
        json.GetProperty("spanId").GetString().ShouldBe(span.SpanId.ToString());
        json.GetProperty("values").GetProperty("Status").GetInt64().ShouldBe(500);
        json.GetProperty("values").GetProperty("Nothing").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("exception").GetString()!.ShouldContain("line two");
        json.GetProperty("timestamp").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Fact]
    public void Without_a_trace_values_or_a_fault_they_are_left_out()
    {
        Activity.Current = null;

        var json = JsonSerializer.Deserialize<JsonElement>(Written(LogLevel.Information, default, [], fault: null));

        json.EnumerateObject().Select(member => member.Name).ShouldBe(["timestamp", "level", "category", "eventId", "message"]);
    }

    [Theory]
    [InlineData("Production", null, "json-lines")]
    [InlineData("Staging", null, "json-lines")]
    [InlineData("Production", "simple", "simple")]
    [InlineData("Development", null, null)]
    public void They_are_the_form_everywhere_but_in_Development_unless_another_is_asked_for(string environment, string? asked, string? formatter)
    {
        var factory = new AppFactory(environment, []) { Overrides = new Dictionary<string, string?> { ["Logging:Console:FormatterName"] = asked } };

        factory.CreateBuilder().Configuration["Logging:Console:FormatterName"].ShouldBe(formatter);
    }

    private static string Written(LogLevel level, EventId id, List<KeyValuePair<string, object?>> values, Exception? fault)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new JsonLines(TimeProvider.System).Write(
            new LogEntry<List<KeyValuePair<string, object?>>>(level, "Tokens.Tests", id, values, fault, (_, _) => "It “failed”"), scopeProvider: null, text);
        return text.ToString();
    }
}
