using CloudLb.Tests.Clients.Clients;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>
/// Has AWS's own clients make the calls of the fixtures named after them, once what the fixture sets up is there, and read CloudLb's
/// answers.
/// </summary>
public sealed class ClientRequestTests(FixtureServer server) : IClassFixture<FixtureServer>
{
    [Theory]
    [MemberData(nameof(ElbClients.Names), MemberType = typeof(ElbClients))]
    public async Task A_client_sends_what_its_fixtures_hold_and_reads_their_answers(string clientName)
    {
        var token = TestContext.Current.CancellationToken;
        var fixtures = Fixture.Names.Where(name => name.EndsWith($"/{clientName}", StringComparison.Ordinal)).Select(Fixture.Read).ToList();
        Assert.NotEmpty(fixtures);
        foreach (var (fixture, step) in fixtures.SelectMany(fixture => fixture.Steps.SkipLast(1).Select(step => (fixture, step))))
        {
            Assert.Equal(step.Status, (await server.SendAsync(fixture.Name, step, token)).Status);
        }

        await using var capturing = await CapturingServer.StartAsync(
            (call, sent) => server.SendAsync(fixtures.Single(fixture => fixture.Call == call).Name, sent, token), token);
        var answers = await ElbClients.Named(clientName).RunAsync(
            capturing.Url, [.. fixtures.Select(fixture => new ClientCall("call", fixture.Call, fixture.Steps[^1].Parameters!))], token);

        Assert.All(answers, answer => Assert.Null(answer["error"]));
        foreach (var fixture in fixtures)
        {
            var expected = fixture.Steps[^1];
            var sent = capturing.Captured(fixture.Call);
            if (Recording.IsOnFor("clients"))
            {
                var recorded = expected with { Method = sent.Method, Target = sent.Target, Headers = sent.Headers, Form = sent.Form };
                Fixture.Write(fixture.Name, [.. fixture.Steps.SkipLast(1), recorded]);
                continue;
            }

            Assert.Equal(
                (expected.Method, expected.Target, ContentType(expected), expected.Form),
                (sent.Method, sent.Target, ContentType(sent), sent.Form));
        }
    }

    private static string ContentType(FixtureStep step) => step.Headers.Single(header => header.Key == "Content-Type").Value;
}
