using System.Text;
using CloudLb.Tests.Clients.Harness;

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
            var answer = await SendAsync(name, step, account, marker, keyId);
            marker = answer.Value("NextMarker") ?? answer.Value("Marker") ?? marker;
            keyId = answer.Value("SecretAccessKey") is null ? keyId : answer.Value("AccessKeyId")!;
            Assert.Equal(answer.RequestId, answer.Value("RequestId"));
            Assert.Equal("text/xml", answer.ContentType);

            // A set-up's answer is another fixture's subject.
            var text = step is { Status: not null, Answer: "" } ? "" : Placeholders.PutInto(answer.Body, account.Id);
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
            .Where(name => name.Contains("/error-", StringComparison.Ordinal))
            .Where(name => !Fixture.Read(name).Steps[^1].Answer.Contains($"<Code>{name.Split('/')[1].Split('-')[1]}</Code>", StringComparison.Ordinal));

        Assert.Empty(wrong);
    }

    private async Task<ElbApi.Answer> SendAsync(string name, FixtureStep step, Account account, string marker, string keyId)
    {
        var url = server.UrlFor(name);
        var request = new HttpRequestMessage(new HttpMethod(step.Method), new Uri(url, step.Target));
        if (step.Form.Length > 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Placeholders.TakeOutOfForm(step.Form, account.Id, marker, keyId)));
        }

        foreach (var (header, value) in step.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(header, value) || request.Content!.Headers.TryAddWithoutValidation(header, value);
        }

        var service = step.Form.Contains("Version=2010-05-08", StringComparison.Ordinal) ? "iam" : "elasticloadbalancing";
        return await new ElbApi(url, account, service: service).SendAsync(request, TestContext.Current.CancellationToken);
    }
}
