using System.Text.Json.Nodes;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Dispatch;
using CloudLb.AwsApi.Throttling;
using Microsoft.Extensions.DependencyInjection;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>What bounds forms bounds JSON and CBOR: how often an account asks, and what its key may do.</summary>
public sealed class DocumentRulesTests
{
    private static readonly byte[] Hello = """{"Text":"hello","Names":["a","b"]}"""u8.ToArray();

    [Fact]
    public async Task An_account_that_asks_too_often_is_told_in_its_protocol()
    {
        await using var server = new DemoServer(
            [], configure: services => services.AddAccountThrottling(new ThrottlingOptions { RequestsPerSecond = 1, Burst = 1 }));
        await server.InitializeAsync();

        Assert.Equal(200, (await server.SendSignedAsync(server.InJson(Hello))).Status);
        var json = await server.SendSignedAsync(server.InJson(Hello));
        var cbor = await server.SendSignedAsync(server.InCbor([0xA0]));

        Assert.Equal("com.amazon.coral.service#ThrottlingException", (string?)JsonNode.Parse(json.Body)!["__type"]);
        Assert.Contains("ThrottlingException", cbor.Body, StringComparison.Ordinal);
        Assert.All(
            new[] { json, cbor }, answer => Assert.Equal((400, "Throttling;Sender"), (answer.Status, answer.Header("x-amzn-query-error"))));
    }

    [Fact]
    public async Task Who_decides_what_a_key_may_do_sees_the_members_that_the_operation_reads()
    {
        await using var server = new DemoServer([], configure: services => services.AddSingleton<ICallAuthorizer, NobodySaysHello>());
        await server.InitializeAsync();

        var refused = await server.SendSignedAsync(server.InJson(Hello));
        var allowed = await server.SendSignedAsync(server.InJson("""{"Text":"hi"}"""u8.ToArray()));

        Assert.Equal((400, "AccessDenied;Sender"), (refused.Status, refused.Header("x-amzn-query-error")));
        Assert.Equal("Not hello to a, b", (string?)JsonNode.Parse(refused.Body)!["message"]);
        Assert.Equal(200, allowed.Status);
    }

    private sealed class NobodySaysHello : ICallAuthorizer
    {
        public WireError? Refuse(Caller caller, ServiceContract service, string action, CallParameters parameters) =>
            parameters.Value("Text") == "hello"
                ? new("AccessDenied", 403, $"Not hello to {string.Join(", ", parameters.Members("Names"))}")
                : null;

        public WireError? RefuseForeign(Caller caller, string service, string action) => null;
    }
}
