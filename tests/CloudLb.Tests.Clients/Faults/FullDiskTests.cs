using System.Diagnostics;
using CloudLb.Tests.Clients.Harness;

namespace CloudLb.Tests.Clients.Faults;

/// <summary>A data directory on a file system of its own that runs full, and has room again later.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Nothing_is_lost_on_a_full_disk_and_all_goes_on_when_there_is_room()
    {
        var token = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.MountOrSkipAsync(48, token);
        await using var server = await CloudLbProcess.StartAsync(new CloudLbProcess.Surroundings { DataDirectory = disk.Directory("data") }, token, ("Reconciler:ResyncInterval", "00:00:01"));
        await using var backend = await Backend.StartAsync(token);
        var api = new ElbApi(server.Url);
        await api.CreateWebAsync("web", backend.Port, token);
        await api.RegisterAsync("web", backend.Address, token);
        var url = await server.TrafficUrlAsync("web", token);
        await Traffic.AnswersAsync(url, 200, token);

        disk.Fill();
        var refused = await Wait.ForAsync(
            () => api.SendAsync($"Action=AddTags&LoadBalancerNames.member.1=web&Tags.member.1.Key=k{Guid.NewGuid():N}&Tags.member.1.Value=v&Version=2012-06-01", token),
            answer => answer.Status != 200, token);
        var tags = (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", token)).Values("Key").ToList();

        Assert.True(refused.Status >= 500, refused.Body);
        Assert.Equal((200, backend.Address), await Traffic.GetAsync(url, token));
        Assert.Contains("disk", server.Output, StringComparison.OrdinalIgnoreCase);

        disk.Free();
        await Wait.ForAsync(() => api.SendAsync($"Action=CreateLoadBalancer&LoadBalancerName=next&AvailabilityZones.member.1=us-east-1a&Listeners.member.1.Protocol=HTTP&Listeners.member.1.LoadBalancerPort={Ports.Http}&Listeners.member.1.InstancePort={backend.Port}&Version=2012-06-01", token), answer => answer.Status == 200, token);
        await api.RegisterAsync("next", backend.Address, token);

        Assert.Equal((200, backend.Address), await Traffic.AnswersAsync(await server.TrafficUrlAsync("next", token), 200, token));
        Assert.Equal(tags, (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", token)).Values("Key"));
        await server.KillAsync(token);
        await server.StartAgainAsync(token);
        Assert.Equal(tags, (await api.CallAsync("Action=DescribeTags&LoadBalancerNames.member.1=web", token)).Values("Key"));
    }
}
