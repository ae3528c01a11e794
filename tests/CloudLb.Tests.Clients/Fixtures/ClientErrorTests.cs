using CloudLb.Elb.Contracts;
using CloudLb.Tests.Clients.Clients;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Has AWS's SDKs get every error that the model lists, as the fixtures do, and tell it by its code.</summary>
public sealed class ClientErrorTests(FixtureServer server) : IClassFixture<FixtureServer>
{
    [Theory]
    [InlineData("boto3")]
    [InlineData("javascript")]
    [InlineData("dotnet")]
    public async Task A_client_tells_each_modelled_error_by_its_code(string clientName)
    {
        var token = TestContext.Current.CancellationToken;
        var operations = ElasticLoadBalancingContract.Service.Operations.ToDictionary(operation => operation.Name);
        var fixtures = Fixture.Names.Where(name => name.Contains("/error-", StringComparison.Ordinal))
            .Where(
                name =>
                    operations.TryGetValue(name.Split('/')[0], out var operation)
                        && operation.Errors.Any(error => error.Code == Code(name)))
            .Select(Fixture.Read).ToList();
        Assert.NotEmpty(fixtures);
        foreach (var (fixture, step) in fixtures.SelectMany(fixture => fixture.Steps.SkipLast(1).Select(step => (fixture, step))))
        {
            await server.SendAsync(fixture.Name, step, token);
        }

        // The client makes its calls one after the other and tries none of these again.
        var next = new Queue<string>(fixtures.Select(fixture => fixture.Name));
        await using var capturing = await CapturingServer.StartAsync((_, sent) => server.SendAsync(next.Dequeue(), sent, token), token);
        var answers = await ElbClients.Named(clientName).RunAsync(
            capturing.Url,
            [.. fixtures.Select(
                fixture =>
                    new ClientCall("call", fixture.Action, FormParameters.ToJson(operations[fixture.Action], fixture.Steps[^1].Form)))],
            token);

        Assert.Equal(
            fixtures.Select(fixture => $"{fixture.Action}: {Code(fixture.Name)}"),
            fixtures.Zip(answers, (fixture, answer) => $"{fixture.Action}: {answer["error"]?[0]}"));
    }

    private static string Code(string name) => name.Split('/')[1].Split('-')[1];
}
