namespace CloudLb.Tests.Clients.Fixtures;

/// <summary>Sends every fixture's requests, signed anew, and holds the answers against the fixture's.</summary>
public sealed class ReplayTests(FixtureServer server) : IClassFixture<FixtureServer>
{
    public static TheoryData<string> Names => new(Fixture.Names);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_fixture_is_answered_as_it_says(string name)
    {
        var account = FixtureServer.AccountOf(name);
        var fixture = Fixture.Read(name);
        var answered = new List<FixtureStep>();
        var marker = "";
        var keyId = "";
        foreach (var step in fixture.Steps)
        {
            // The answer does not follow from the user agent, and the record of what clients did is not to count what was only replayed.
            var sent = step with { Headers = [.. step.Headers.Where(header => header.Key != "User-Agent")] };
            var answer = await server.SendAsync(name, sent, TestContext.Current.CancellationToken, marker, keyId);
            marker = answer.Value("NextMarker") ?? answer.Value("Marker") ?? marker;
            keyId = answer.Value("SecretAccessKey") is null ? keyId : answer.Value("AccessKeyId")!;
            Assert.Equal(answer.RequestId, answer.Value("RequestId"));
            Assert.Equal("text/xml", answer.ContentType);

            // A set-up's answer is another fixture's subject.
            var text = step is { Status: not null, Answer: "" }
                ? ""
                : server.IdsOf(name).PutInto(Placeholders.PutInto(answer.Body, account.Id));
            answered.Add(step with { Status = answer.Status, Answer = text });
        }

        if (Recording.IsOnFor("answers"))
        {
            Fixture.Write(name, answered);
            return;
        }

        Assert.Equal(string.Join('\n', fixture.Steps), string.Join('\n', answered));
    }

    [Fact]
    public void Every_error_fixture_ends_with_the_code_in_its_name()
    {
        var wrong = Fixture.Names
            .Where(name => Fixture.ErrorCodeOf(name) is { } code
                && !Fixture.Read(name).Steps[^1].Answer.Contains($"<Code>{code}</Code>", StringComparison.Ordinal));

        Assert.Empty(wrong);
    }
}
