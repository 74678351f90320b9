using Microsoft.Extensions.Options;
using Tokens.Gateway.Tests.Parts;
using Tokens.Host.Roles;

namespace Tokens.Gateway.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("LEGACY_API_URL", "localhost:3000")]
    [InlineData("LEGACY_API_URL", "ftp://legacy.example")]
    [InlineData("FRONTEND_UPSTREAM", "/pages")]
    [InlineData("FRONTEND_UPSTREAM", "http://front.example/?x=1")]
    public void An_address_that_is_no_URL_stops_the_start_and_is_named(string variable, string value)
    {
        var error = Should.Throw<SettingsException>(
            () => RunningGateway.Build(["http://127.0.0.1:1"], (variable, value)));

        error.Message.ShouldStartWith(variable + ":");
        error.Message.ShouldContain($"'{value}'");
    }

    [Theory]
    [InlineData("127.0.0.1:8081")]
    [InlineData("tcp://127.0.0.1:8081")]
    public void A_destination_that_is_no_URL_stops_the_start_and_is_named(string destination)
    {
        var error = Should.Throw<SettingsException>(
            () => RunningGateway.Build(["http://127.0.0.1:1", destination]));

        error.Message.ShouldStartWith("GATEWAY_DESTINATIONS:");
        error.Message.ShouldContain($"'{destination}'");
    }

    [Fact]
    public void No_destination_at_all_stops_the_start() =>
        Should.Throw<SettingsException>(() => RunningGateway.Build([])).Message.ShouldStartWith("GATEWAY_DESTINATIONS:");

    [Theory]
    [InlineData("HealthInterval", "00:00:00")]
    [InlineData("HealthTimeout", "01:00:00")]
    [InlineData("HealthFailures", "0")]
    [InlineData("ConnectTimeout", "00:00:00")]
    [InlineData("ConnectionLifetime", "00:00:01")]
    [InlineData("ActivityTimeout", "02:00:00")]
    [InlineData("BufferedBodyBytesMax", "0")]
    [InlineData("RequestsMax", "0")]
    [InlineData("BufferedBytesMax", "1")]
    [InlineData("WebhooksMax", "0")]
    [InlineData("WebhookBodyBytesMax", "0")]
    [InlineData("WebhookBytesMax", "1")]
    [InlineData("DirectoryUpdatesMax", "0")]
    [InlineData("DirectoryBodyBytesMax", "0")]
    [InlineData("DirectoryBytesMax", "1")]
    [InlineData("DocumentsMax", "0")]
    [InlineData("StreamsMax", "0")]
    [InlineData("AddressBufferedBytesMax", "1")]
    [InlineData("BodyTimeout", "00:00:00")]
    [InlineData("AnswerBufferBytes", "1")]
    [InlineData("LargeAnswersMax", "0")]
    [InlineData("AddressLargeAnswersMax", "0")]
    [InlineData("AnswerTimeout", "2.00:00:00")]
    [InlineData("StreamedAnswersMax", "0")]
    [InlineData("AddressStreamedAnswersMax", "0")]
    [InlineData("AnswerBytesPerSecondMin", "0")]
    [InlineData("AnswerPaceGrace", "00:00:01")]
    [InlineData("SocketBufferBytes", "1")]
    [InlineData("ConnectionsMax", "1")]
    [InlineData("AddressConnectionsMax", "0")]
    [InlineData("ConnectionInputBytesMax", "1024")]
    [InlineData("StreamedBodyBytesMax", "-1")]
    [InlineData("RequestLineBytesMax", "10")]
    [InlineData("RequestHeaderBytesMax", "10")]
    [InlineData("RequestHeadersMax", "9")]
    [InlineData("RequestHeadersTimeout", "00:00:00")]
    [InlineData("BodyBytesPerSecondMin", "0")]
    [InlineData("BodyPaceGrace", "00:00:01")]
    [InlineData("HstsMaxAge", "731.00:00:00")]
    [InlineData("AddressBurst", "0")]
    [InlineData("AddressRequestsPerSecond", "0")]
    [InlineData("AddressesMax", "1")]
    [InlineData("RetryAfter", "00:00:00")]
    public void An_option_out_of_its_range_stops_the_start_and_is_named(string option, string value)
    {
        var error = Should.Throw<OptionsValidationException>(
            () => RunningGateway.Build(["http://127.0.0.1:1"], ("Gateway:" + option, value)));

        error.Message.ShouldContain(option);
    }

    [Theory]
    [InlineData("WebhookBodyBytesMax", "WebhookBytesMax")]
    [InlineData("BufferedBodyBytesMax", "BufferedBytesMax")]
    [InlineData("DirectoryBodyBytesMax", "DirectoryBytesMax")]
    public void A_body_larger_than_what_may_be_in_memory_stops_the_start(string body, string budget)
    {
        var error = Should.Throw<OptionsValidationException>(() => RunningGateway.Build(
            ["http://127.0.0.1:1"], ("Gateway:" + body, "2000000"), ("Gateway:" + budget, "1500000"), ("Gateway:AddressBufferedBytesMax", "4000000")));

        error.Message.ShouldContain(body);
        error.Message.ShouldContain(budget);
    }
}
