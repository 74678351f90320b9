using Microsoft.Extensions.Configuration;
using StackExchange.Redis;
using Tokens.Platform.Redis;

namespace Tokens.Platform.Tests.Redis;

public sealed class RedisSettingsTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost:6379", 0, false, null, null)]
    [InlineData("redis://10.0.0.7:6380/3", "10.0.0.7:6380", 3, false, null, null)]
    [InlineData("redis://:@localhost", "localhost:6379", 0, false, null, null)]
    [InlineData("rediss://:p%40ss%3Aword@cache.example.com:6390", "cache.example.com:6390", 0, true, null, "p@ss:word")]
    [InlineData("rediss://t%2Fokens:a:b@cache.example.com/15", "cache.example.com:6379", 15, true, "t/okens", "a:b")]
    [InlineData(" redis://default:secret@[::1]:6379/ ", "[::1]:6379", 0, false, "default", "secret")]
    public void An_address_is_read(string url, string server, int database, bool isEncrypted, string? user, string? password)
    {
        var options = Read(url)!;

        string.Join(',', options.EndPoints.Select(Format.ToString)).ShouldEndWith(server);
        options.DefaultDatabase.ShouldBe(database);
        options.Ssl.ShouldBe(isEncrypted);
        options.User.ShouldBe(user);
        options.Password.ShouldBe(password);
        options.AbortOnConnectFail.ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void No_address_means_no_Redis(string? url) => Read(url).ShouldBeNull();

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://localhost:6379")]
    [InlineData("redis://hunter2@localhost")]
    [InlineData("redis://hunter2:@localhost")]
    [InlineData("redis://somebody:hunter/2@localhost")]
    [InlineData("redis://somebody:6#hunter2@localhost")]
    [InlineData("redis://somebody:6?hunter2@localhost")]
    [InlineData("rediss://somebody:hunter2@localhost:65536")]
    [InlineData("redis://localhost/16")]
    [InlineData("redis://localhost/-1")]
    [InlineData("redis://localhost/a")]
    [InlineData("redis://localhost?db=hunter2")]
    public void A_wrong_address_is_named_without_its_value(string url)
    {
        var fault = Should.Throw<FormatException>(() => Read(url));
        fault.Message.ShouldStartWith("REDIS_URL:");
        fault.ToString().ShouldNotContain("hunter");
    }

    [Theory]
    [InlineData("redis://hunter2@localhost")]
    [InlineData("redis://hunter2:@localhost")]
    public void A_user_without_a_password_is_refused_in_words_of_its_own(string url) =>
        Should.Throw<FormatException>(() => Read(url)).Message.ShouldContain("a user needs a password");

    private static ConfigurationOptions? Read(string? url) => RedisSettings.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("REDIS_URL", url)]).Build());

    private static class Format
    {
        internal static string ToString(System.Net.EndPoint endPoint) => endPoint switch
        {
            System.Net.DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
            _ => endPoint.ToString()!,
        };
    }
}
