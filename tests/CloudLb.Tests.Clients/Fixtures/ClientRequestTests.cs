using CloudLb.Tests.Clients.Clients;

namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Has AWS's own clients make the calls of the fixtures named after them, against a server that answers as the fixtures do.</summary>
public sealed class ClientRequestTests
{
    [Theory]
    [MemberData(nameof(ElbClients.Names), MemberType = typeof(ElbClients))]
    public async Task A_client_sends_what_its_fixtures_hold_and_reads_their_answers(string clientName)
    {
        var token = TestContext.Current.CancellationToken;
        var fixtures = Fixture.Names.Where(name => name.EndsWith($"/{clientName}", StringComparison.Ordinal)).Select(Fixture.Read).ToList();
        Assert.NotEmpty(fixtures);
        await using var server = await CapturingServer.StartAsync(fixtures.ToDictionary(fixture => fixture.Action, fixture => fixture.Steps[^1]), token);

        var answers = await ElbClients.Named(clientName).RunAsync(
            server.Url, [.. fixtures.Select(fixture => new ClientCall("call", fixture.Action, fixture.Steps[^1].Parameters!))], token);

        Assert.All(answers, answer => Assert.Null(answer["error"]));
        foreach (var fixture in fixtures)
        {
            var expected = fixture.Steps[^1];
            var sent = server.Captured(fixture.Action);
            if (Recording.IsOnFor("clients"))
            {
                var recorded = expected with { Method = sent.Method, Target = sent.Target, Headers = sent.Headers, Form = sent.Form };
                Fixture.Write(fixture.Name, [.. fixture.Steps.SkipLast(1), recorded]);
                continue;
            }

            Assert.Equal((expected.Method, expected.Target, ContentType(expected), expected.Form), (sent.Method, sent.Target, ContentType(sent), sent.Form));
        }
    }

    private static string ContentType(FixtureStep step) => step.Headers.Single(header => header.Key == "Content-Type").Value;
}
