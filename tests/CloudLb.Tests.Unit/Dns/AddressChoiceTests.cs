using System.Net;
using System.Net.Sockets;
using CloudLb.Dns.Answering;

namespace CloudLb.Tests.Unit.Dns;

public sealed class AddressChoiceTests
{
    [Theory]
    [InlineData("10.0.0.1+ 10.0.0.2- 10.0.0.3+", "10.0.0.1 10.0.0.3")]
    [InlineData("10.0.0.1- 10.0.0.2-", "10.0.0.1 10.0.0.2")]
    [InlineData("10.0.0.1- fd00::1+", "")]
    [InlineData("fd00::1+", "")]
    public void Only_healthy_ones_are_told_while_there_are_any(string addresses, string told)
    {
        var named = addresses.Split(' ').Select(text => new NamedAddress(IPAddress.Parse(text[..^1]), text[^1] == '+')).ToList();

        Assert.Equal(told, string.Join(' ', AddressChoice.Of(named, AddressFamily.InterNetwork, turn: 0)));
    }
}
