using CloudLb.Core;
using CloudLb.HAProxy.Machine;
using static CloudLb.Tests.HAProxy.TestRequests;

namespace CloudLb.Tests.HAProxy;

/// <summary>
/// The directory that the data plane has to itself: whose it is, how deep it may be, and what becomes of it when somebody deletes it.
/// </summary>
public sealed class DirectoryTests
{
    [Fact]
    public async Task A_directory_that_was_deleted_is_made_again_and_traffic_does_not_notice()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        await using var running = await RunningDataPlane.StartAsync();
        var web = Plans.LoadBalancer("web", instance.Planned()).Secure(Plans.Tls(running.Certificates.Add(TestCertificate.SelfSigned())));
        web = web with { Listeners = [Plans.Listener(8090), .. web.Listeners] };
        await running.ApplyAsync(web);
        await running.IsPassingAsync(web, "i-1");
        var url = new Uri($"http://{web.Address}:8090/");

        Directory.Delete(Path.Combine(running.Directory, "haproxy"), recursive: true);
        Assert.Equal("i-1", await GetAsync(url));
        await running.ApplyAsync(web, Plans.LoadBalancer("other"));

        Assert.Equal("i-1", await GetAsync(url));
        Assert.Empty(running.DataPlane.Faults);
        await running.StopAsync();
        Assert.Empty(ProcessList.Under(running.Directory));
    }

    [Fact]
    public async Task A_second_CloudLb_on_the_same_directory_is_refused()
    {
        await using var running = await RunningDataPlane.StartAsync();

        var refusal = await Assert.ThrowsAsync<IOException>(() => RunningDataPlane.StartAsync(running.Directory));

        Assert.StartsWith("Another CloudLb uses", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_too_deep_for_sockets_works_too()
    {
        await using var instance = await TestInstance.StartAsync("i-1");
        var top = Directory.CreateTempSubdirectory("cloudlb-test-").FullName;
        var deep = Directory.CreateDirectory(Path.Combine(top, "a b'c", new string('d', 60), new string('e', 60))).FullName;
        await using (var running = await RunningDataPlane.StartAsync(deep))
        {
            var web = Plans.LoadBalancer("web", instance.Planned());

            await running.ApplyAsync(web);
            await running.IsPassingAsync(web, "i-1");

            Assert.Equal("i-1", await GetAsync(web.Url()));
        }

        Directory.Delete(SocketDirectory.For(Path.Combine(deep, "haproxy")), recursive: true);
        Directory.Delete(top, recursive: true);
    }

    [Fact]
    public async Task Nobody_else_can_read_what_is_written()
    {
        await using var running = await RunningDataPlane.StartAsync();
        await running.ApplyAsync(Plans.LoadBalancer("web"));
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
            UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

        foreach (var path in Directory.EnumerateFiles(
            Path.Combine(running.Directory, "haproxy"), "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "pid"))
        {
            Assert.True((File.GetUnixFileMode(path) & Others) == 0, path);
        }

        foreach (var path in Directory.EnumerateDirectories(running.Directory, "*", SearchOption.AllDirectories))
        {
            Assert.True((File.GetUnixFileMode(path) & Others) == 0, path);
        }
    }
}
