using System.Net;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>Instances that must show one of some public keys.</summary>
public sealed class AuthenticationTests
{
    /// <summary>Who has signed an instance's certificate, and whether the instance sends that one's along.</summary>
    public enum Signer
    {
        Itself,
        Sent,
        Unsent,
    }

    private static readonly (string, string) Often = ("PollInterval", "00:00:00.2");

    // Where it matters that nobody looks again: a single look must succeed then, however busy the machine is.
    private static readonly (string, string) Never = ("PollInterval", "00:10:00");
    private static readonly PlannedProbe Probe = Plans.SecureProbe;
    private static readonly PlannedProbe PatientProbe = Plans.HttpProbe with
    {
        Port = TestInstance.PlainPort,
        Interval = TimeSpan.FromMinutes(2),
        Timeout = TimeSpan.FromMinutes(1),
    };
    private static readonly TestCertificate Authority = TestCertificate.SelfSigned("root").Issue("authority");
    private static readonly TestCertificate Key = TestCertificate.SelfSigned("right");
    private static readonly TestCertificate Other = TestCertificate.SelfSigned("wrong", isEcdsa: true);

    [Theory]
    [InlineData(TrafficMode.Http, Signer.Itself)]
    [InlineData(TrafficMode.Http, Signer.Sent)]
    [InlineData(TrafficMode.Http, Signer.Unsent)]
    [InlineData(TrafficMode.Tcp, Signer.Itself)]
    [InlineData(TrafficMode.Tcp, Signer.Sent)]
    [InlineData(TrafficMode.Tcp, Signer.Unsent)]
    public async Task Only_instances_with_an_accepted_key_take_traffic_and_checks(TrafficMode mode, Signer signer)
    {
        await using var first = await StartAsync("i-1", signer, Key);
        await using var second = await StartAsync("i-2", signer, Other);
        await using var stranger = await StartAsync("i-3", Signer.Sent, TestCertificate.SelfSigned());
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var web = Guarded(mode, first.Planned(), stranger.Planned()).Accepting(Key, Other);

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        await EventuallyIsAsync(running, web, "i-3", ObservedHealth.NotAuthentic);
        Assert.Equal("i-1", await GetAsync(web.Url()));

        // One that joins later needs no hand-over.
        web = web.With(first.Planned(), second.Planned(), stranger.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        Assert.Equal(1, running.Generation);
        await AnswersAreAsync(web, "i-1", "i-2");

        // A restart of the process serves the same, and so does the next process.
        await running.ApplyAsync(web with { Listeners = [.. web.Listeners, web.Listeners[0] with { Port = 8090 }] });
        Assert.Equal(2, running.Generation);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await AnswersAreAsync(web, "i-1", "i-2");
        Kill(running.ProcessId);
        await Eventually.IsTrueAsync(() => running.Generation == 3 && running.ProcessId != 0, "a new process");
        await AnswersAreAsync(web, "i-1", "i-2");

        Assert.Equal(ObservedHealth.NotAuthentic, running.Health(web, "i-3"));
        Assert.Equal((0, 0), (stranger.Requests, stranger.Checks.Count));
        Assert.Empty(running.DataPlane.Faults);
    }

    [Theory]
    [InlineData(Signer.Itself)]
    [InlineData(Signer.Sent)]
    [InlineData(Signer.Unsent)]
    public async Task A_renewed_certificate_with_the_same_key_stays_in_and_another_key_goes_out_until_it_is_right_again(Signer signer)
    {
        await using var instance = await StartAsync("i-1", signer, Key);
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var web = Guarded(TrafficMode.Http, instance.Planned()).Accepting(Key);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        var renewed = Show(instance, signer, Key);
        await Eventually.IsTrueAsync(
            async () => (await ConfigurationAndListsAsync(running)).Contains(renewed.Fingerprint), "the renewed certificate is taken up");
        await running.IsPassingAsync(web, "i-1");
        await Eventually.IsTrueAsync(async () => await TryGetAsync(web.Url()) == "i-1", "traffic flows");

        Show(instance, signer, Other);
        await EventuallyIsAsync(running, web, "i-1", ObservedHealth.NotAuthentic);
        await Eventually.IsTrueAsync(
            async () => !(await running.AskAsync("show servers conn")).Contains("/i-1 ", StringComparison.Ordinal), "it is in no process");
        var requests = instance.Requests;
        Assert.NotEqual("i-1", await TryGetAsync(web.Url()));
        Assert.Equal(requests, instance.Requests);
        Assert.Contains(running.Log.Lines, line => line.Contains("public key is none of those", StringComparison.Ordinal));

        Show(instance, signer, Key);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("i-1", await GetAsync(web.Url()));

        // The renewal was a hand-over, so that no request under way was cut; going out and coming in were none.
        Assert.Equal(2, running.Generation);
    }

    [Theory]
    [InlineData(Signer.Itself)]
    [InlineData(Signer.Unsent)]
    public async Task What_a_draining_instance_still_answers_passes(Signer signer)
    {
        await using var draining = await StartAsync("i-1", signer, Key);
        await using var other = await StartAsync("i-2", signer, Key);
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var web = Guarded(TrafficMode.Http, draining.Planned()).Accepting(Key);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var slow = GetAsync(web.Url("/slow"));
        await Eventually.IsTrueAsync(() => draining.Requests == 1, "the slow request has arrived");

        web = web.With(draining.Planned(DateTimeOffset.UtcNow.AddMinutes(5)), other.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-2");
        draining.Release();

        Assert.Equal("begun ended", await slow);
        Assert.Equal(1, running.Generation);
    }

    [Theory]
    [InlineData(Signer.Itself, Signer.Itself)]
    [InlineData(Signer.Itself, Signer.Sent)]
    [InlineData(Signer.Sent, Signer.Itself)]
    public async Task Nothing_is_sent_to_another_key_even_before_anyone_has_looked(Signer before, Signer after)
    {
        await using var instance = await StartAsync("i-1", before, Key);
        await using var running = await RunningDataPlane.StartAsync(null, Never);
        var web = Guarded(TrafficMode.Http, instance.Planned()).Accepting(Key).Checked(PatientProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Show(instance, after, Other);

        Assert.NotEqual("i-1", await TryGetAsync(web.Url()));
        Assert.Equal(0, instance.Requests);
    }

    [Theory]
    [InlineData(Signer.Sent)]
    [InlineData(Signer.Unsent)]
    public async Task No_answer_passes_from_another_key_that_the_same_authority_has_signed_even_before_anyone_has_looked(Signer signer)
    {
        await using var instance = await StartAsync("i-1", signer, Key);
        await using var running = await RunningDataPlane.StartAsync(null, Never);
        var web = Guarded(TrafficMode.Http, instance.Planned()).Accepting(Key).Checked(PatientProbe);
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        Show(instance, signer, Other);

        using var answer = await Client.GetAsync(web.Url(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
    }

    [Fact]
    public async Task Keys_come_change_and_go_under_load_without_a_failed_request()
    {
        await using var right = await TestInstance.StartSecureAsync("i-1", Key);
        await using var wrong = await TestInstance.StartSecureAsync("i-2", Other);
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var web = Guarded(TrafficMode.Http, right.Planned(), wrong.Planned());
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");

        await using var traffic = Traffic.Start(web.Url(), clients: 2, closesConnections: true);
        foreach (var (keys, served, refused) in (
            (
                TestCertificate[], string[], string?)[])[([Key], ["i-1"], "i-2"), (
                    [Key, Other], ["i-1", "i-2"], null), ([Other], ["i-2"], "i-1")])
        {
            await running.ApplyAsync(web.Accepting(keys));
            await running.IsPassingAsync(web, served);
            await AnswersAreAsync(web, served);
            if (refused is not null)
            {
                Assert.Equal(ObservedHealth.NotAuthentic, running.Health(web, refused));
            }
        }

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1", "i-2");
        await AnswersAreAsync(web, "i-1", "i-2");
        var (requests, failures) = await traffic.StopAsync();

        Assert.True(requests > 0);
        Assert.Empty(failures);
        Assert.Empty(Directory.EnumerateFiles(running.CellFile("pins")));
    }

    [Fact]
    public async Task What_was_found_outlives_CloudLb_and_is_looked_at_again()
    {
        await using var right = await TestInstance.StartSecureAsync("i-1", Key);
        await using var swapped = await StartAsync("i-2", Signer.Sent, Key);
        var web = Guarded(TrafficMode.Http, right.Planned(), swapped.Planned()).Accepting(Key);
        var before = await RunningDataPlane.StartAsync(null, Often);
        await before.ApplyAsync(web);
        await before.ReapplyAsync();
        await before.IsPassingAsync(web, "i-1", "i-2");
        var process = before.ProcessId;
        await before.CrashAsync();
        swapped.Show(Other);

        await using var after = await RunningDataPlane.StartAsync(before.Directory, Often);
        after.Reconcile();
        await after.ApplyAsync(web);

        await EventuallyIsAsync(after, web, "i-2", ObservedHealth.NotAuthentic);
        await after.IsPassingAsync(web, "i-1");
        Assert.Equal("i-1", await GetAsync(web.Url()));
        Assert.Equal((process, 1), (after.ProcessId, after.Generation));
    }

    [Theory]
    [InlineData(-30, -1)]
    [InlineData(-1, 30)]
    public async Task The_key_counts_and_not_the_time_of_the_certificate(int validFromDays, int validToDays)
    {
        await using var instance = await TestInstance.StartSecureAsync("i-1", Key.Renewed("old", validFromDays, validToDays));
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var web = Guarded(TrafficMode.Http, instance.Planned()).Accepting(Key);

        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");

        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    [Fact]
    public async Task An_instance_that_shows_no_certificate_is_out_and_comes_in_when_it_does()
    {
        await using var running = await RunningDataPlane.StartAsync(null, Often);
        running.Reconcile();
        var address = Loopback.Next();
        var absent = new PlannedMember { Target = "i-1", Address = address, Port = TestInstance.Port, IsSecure = true, Weight = 1 };
        var web = Guarded(TrafficMode.Http, absent).Accepting(Key);

        await running.ApplyAsync(web);
        await EventuallyIsAsync(running, web, "i-1", ObservedHealth.Failed);

        await using var instance = await TestInstance.StartSecureAsync("i-1", Key, address);
        await running.IsPassingAsync(web, "i-1");
        Assert.Equal("i-1", await GetAsync(web.Url()));
    }

    private static async Task<TestInstance> StartAsync(string id, Signer signer, TestCertificate key)
    {
        var instance = await TestInstance.StartSecureAsync(id);
        Show(instance, signer, key);
        return instance;
    }

    /// <summary>Has the instance show a new certificate with the key.</summary>
    private static TestCertificate Show(TestInstance instance, Signer signer, TestCertificate key)
    {
        var certificate = signer == Signer.Itself ? key.Renewed() : Authority.Issue("instance", keyOf: key);
        instance.Show(certificate, signer == Signer.Sent ? [Authority] : []);
        return certificate;
    }

    private static PlannedLoadBalancer Guarded(TrafficMode mode, params PlannedMember[] members)
    {
        var web = Plans.LoadBalancer("web", members);
        return (mode == TrafficMode.Tcp ? web.AsTcp() : web).Checked(Probe);
    }

    private static Task EventuallyIsAsync(RunningDataPlane running, PlannedLoadBalancer web, string instanceId, ObservedHealth health) =>
        Eventually.IsTrueAsync(() => running.Health(web, instanceId) == health, $"{instanceId} is {health}");

    private static async Task AnswersAreAsync(PlannedLoadBalancer web, params string[] instanceIds)
    {
        var answers = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                answers.Add(await TryGetAsync(web.Url()) ?? "");
                return answers.IsSupersetOf(instanceIds);
            },
            $"{string.Join(", ", instanceIds)} answer");
    }

    private static async Task<string> ConfigurationAndListsAsync(RunningDataPlane running) =>
        string.Concat(
            await Task.WhenAll(Directory.EnumerateFiles(running.CellFile("pins"), "*.list").Select(path => File.ReadAllTextAsync(path))));
}
