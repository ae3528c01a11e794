using System.Text;
using CloudLb.Core.Traffic.Health;
using CloudLb.Core.Traffic.Planning;
using CloudLb.Tests.GrpcHealth;
using Grpc.Core;
using static CloudLb.Tests.HAProxy.Http2Plans;

namespace CloudLb.Tests.HAProxy.Calls;

/// <summary>Checks by a call of gRPC, of a real server and of servers that are written to the byte.</summary>
public sealed class GrpcCheckTests
{
    private const int Ok = 0, Unavailable = 14;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_health_service_is_asked_and_its_status_counts_also_of_members_that_join(bool isSecure)
    {
        await using var first = await GrpcInstance.StartAsync(isSecure);
        await using var second = await GrpcInstance.StartAsync(isSecure);
        await using var running = await RunningDataPlane.StartAsync();
        var web = Checked(running, isSecure, HealthMethods.Path, [Ok], first.Planned());
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);
        await IsToldAsync(running, web, first.Planned(), "L7OK", Ok);

        var joined = second.Planned() with { Target = "i-2" };
        web = web with { Pools = [web.Pools[0] with { Members = [first.Planned(), joined] }] };
        await running.ApplyAsync(web);
        Assert.Equal(1, running.Generation);
        await IsToldAsync(running, web, joined, "L7OK", Ok);
        second.Health.Status = StatusCode.Unavailable;
        await IsToldAsync(running, web, joined, "L7STS", Unavailable);
        await Eventually.IsTrueAsync(() => Health(running, web, joined) == ObservedHealth.Failed, "out of service");
        second.Health.Status = StatusCode.OK;
        await Eventually.IsTrueAsync(() => Health(running, web, joined) == ObservedHealth.Passing, "in service");
        Assert.Equal(ObservedHealth.Passing, Health(running, web, first.Planned()));
    }

    /// <summary>The path is as long as it may be, and has whatever means something to somebody.</summary>
    [Fact]
    public async Task A_method_may_have_any_name()
    {
        var path = "/'\"\\#%[src]$(id);{}".PadRight(1024, 'a');
        await using var raw = GrpcAnswers.Start(GrpcAnswers.Answer(RawHttp2.Field("grpc-status", "0")));
        await using var running = await RunningDataPlane.StartAsync();
        var web = Checked(running, false, path, [Ok], raw.Planned(0));
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        await IsToldAsync(running, web, raw.Planned(0), "L7OK", Ok);
        Assert.All(raw.Heads, head => Assert.True(head.AsSpan().IndexOf(Encoding.ASCII.GetBytes(path)) > 0));
        var authority = Encoding.ASCII.GetBytes($"\u0001{(char)$"{raw.Address}".Length}{raw.Address}\u000f");
        Assert.Contains(raw.Heads, head => head.AsSpan().IndexOf(authority) > 0);
    }

    /// <summary>Servers differ: Rust's write both by HPACK's code, Go's the name alone.</summary>
    [Fact]
    public async Task A_status_is_understood_in_each_form_that_servers_give_it()
    {
        byte[] plainName = [0x0b, .. "grpc-status"u8], codedName = [0x88, 0x9a, 0xca, 0xc8, 0xb2, 0x12, 0x34, 0xda, 0x8f];
        string[] coded =
            ["07", "0f", "17", "67", "6b", "6f", "73", "77", "7b", "7f", "083f", "087f", "08bf", "0b3f", "0b5f", "0b7f", "0b9f"];
        var plain = coded.Select((_, code) =>
            Trailers(0x00, code % 2 == 0 ? plainName : codedName, 0, Encoding.ASCII.GetBytes($"{code}")));
        var packed = coded.Select((digits, code) =>
            Trailers(0x40, code % 2 == 0 ? codedName : plainName, 0x80, Convert.FromHexString(digits)));
        await using var instances = GrpcAnswers.Start([.. plain, .. packed]);
        await using var running = await RunningDataPlane.StartAsync();
        int[] wanted = [0, 3, 10, 16];
        PlannedMember[] members = [.. Enumerable.Range(0, 2 * coded.Length).Select(instances.Planned)];
        var web = Checked(running, false, "/", wanted, members);
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        foreach (var (member, number) in members.Select((member, number) => (member, number)))
        {
            var code = number % coded.Length;
            await IsToldAsync(running, web, member, wanted.Contains(code) ? "L7OK" : "L7STS", code);
        }

        byte[] Trailers(byte kind, byte[] name, byte isCoded, byte[] value) =>
            GrpcAnswers.Answer([kind, .. name, (byte)(isCoded | value.Length), .. value]);
    }

    [Fact]
    public async Task Whoever_gives_no_status_of_gRPC_fails()
    {
        await using var strange = GrpcAnswers.Start(
            RawHttp2.Frame(RawHttp2.Headers, 5, 1, [0x8d]), GrpcAnswers.Answer(RawHttp2.Field("grpc-status", "0"))[..^20]);
        await using var old = RawInstance.Start(async (socket, _) =>
        {
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            return false;
        });
        await using var running = await RunningDataPlane.StartAsync();
        PlannedMember[] members = [strange.Planned(0), strange.Planned(1), old.Planned("i-2")];
        var web = Checked(running, false, "/", [.. Enumerable.Range(0, 100)], members);
        web = web.Checked(web.Pools[0].Probe with { Timeout = TimeSpan.FromSeconds(1) });
        await running.ApplyAsync(web);
        Assert.Empty(running.DataPlane.Faults);

        await IsToldAsync(running, web, members[0], "L7TOUT");
        await IsToldAsync(running, web, members[1], "L7TOUT");
        await IsToldAsync(running, web, members[2], "L7RSP");
        Assert.All(members, member => Assert.NotEqual(ObservedHealth.Passing, Health(running, web, member)));
    }

    private static PlannedLoadBalancer Checked(
        RunningDataPlane running, bool isSecure, string path, int[] statuses, params PlannedMember[] members)
    {
        var web = Secure(running, "web", members);
        var probe = (isSecure ? Plans.SecureProbe : Plans.FastProbe) with
        {
            Port = null,
            IsHttp2 = true,
            GrpcStatuses = [.. statuses],
            Path = path,
            Interval = TimeSpan.FromMilliseconds(isSecure ? 1000 : 400),
        };
        return web with
        {
            Pools =
            [
                web.Pools[0] with { MemberPort = null, MemberProtocol = MemberProtocol.Grpc, IsHttp2Secure = isSecure, Probe = probe },
            ],
        };
    }

    private static ObservedHealth? Health(RunningDataPlane running, PlannedLoadBalancer web, PlannedMember member) =>
        running.DataPlane.FinderOf(web.Id, web.Pools[0].Name)(member.Id);

    /// <summary>What HAProxy's own checks tell: CloudLb's first one has no duration.</summary>
    private static Task IsToldAsync(
        RunningDataPlane running, PlannedLoadBalancer web, PlannedMember member, string word, int? code = null) =>
        Eventually.IsTrueAsync(
            async () => (await running.DataPlane.ReadChecksAsync(web.Id, web.Pools[0].Name, TestContext.Current.CancellationToken))
                    .GetValueOrDefault(member.Id) is { Duration: not null } told
                && told.Word == word && (code is null || told.Code == code),
            $"{word} {code} of {member.Id}");
}
