using CloudLb.Elb.Contracts;
using CloudLb.ElbV2.Contracts;
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
        var operations = ElasticLoadBalancingContract.Service.Operations.Select(operation => (Call: operation.Name, operation))
            .Concat(ElasticLoadBalancingV2Contract.Service.Operations.Select(
                operation => (Call: $"{ElbClient.V2}{operation.Name}", operation)))
            .ToDictionary(one => one.Call, one => one.operation);
        var fixtures = Fixture.Names.Where(name => Fixture.ErrorCodeOf(name) is { } code
                && (clientName != "boto3" || !CoverageTests.NewerThanDebian.Contains(Fixture.ActionOf(name)))
                && operations.TryGetValue(Fixture.CallOf(name), out var operation)
                && operation.Errors.Any(error => error.Code == code))
            .Select(Fixture.Read)
            .Where(fixture => clientName != "boto3" || !CoverageTests.ParametersNewerThanDebian.Any(fixture.Steps[^1].Form.Contains))
            .ToList();
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
                    new ClientCall("call", fixture.Call, FormParameters.ToJson(operations[fixture.Call], fixture.Steps[^1].Form)))],
            token);

        Assert.Equal(
            fixtures.Select(fixture => $"{fixture.Name}: {Fixture.ErrorCodeOf(fixture.Name)}"),
            fixtures.Zip(answers, (fixture, answer) => $"{fixture.Name}: {answer["error"]?[0]}"));
    }
}
