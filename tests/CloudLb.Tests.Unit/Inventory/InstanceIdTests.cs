using System.Net;
using CloudLb.Core.Inventory;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.Inventory;

public sealed class InstanceIdTests
{
    private const string Label63 = "abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-012345678";

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("127.0.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("fd00::1")]
    [InlineData("::1")]
    [InlineData("2001:DB8:0:0:0:0:0:1")]
    [InlineData("64:ff9b::10.0.0.5")]
    public void An_address_that_traffic_can_be_sent_to_is_an_instance(string id)
    {
        Assert.True(InstanceId.TryParseAddress(id, out var address));
        Assert.Equal(IPAddress.Parse(id), address);
        Assert.False(InstanceId.IsHostName(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("256.0.0.1")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.0.1")]
    [InlineData("167772165")]
    [InlineData("010.0.0.5")]
    [InlineData("10.0.0.05")]
    [InlineData("10.0.0.5:80")]
    [InlineData("10.0.0.5 ")]
    [InlineData("10.0.0.5\n")]
    [InlineData("10.0.0.٥")]
    [InlineData("::")]
    [InlineData("0:0:0:0:0:0:0:0")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:10.0.0.5")]
    [InlineData("[fd00::1]")]
    [InlineData("fd00::1/64")]
    [InlineData("fd00:::1")]
    [InlineData("1:2")]
    public void Any_other_text_is_neither_an_address_nor_a_host_name(string id)
    {
        Assert.False(InstanceId.TryParseAddress(id, out _));
        Assert.False(InstanceId.IsHostName(id));
    }

    [Theory]
    [InlineData("web")]
    [InlineData("web-1.internal.example")]
    [InlineData("my_app.local")]
    [InlineData("3com.example")]
    [InlineData("1.2.3.4a")]
    [InlineData("0xyz")]
    [InlineData(Label63)]
    [InlineData("I-am-a-host")]
    public void A_host_name_is_an_instance(string id)
    {
        Assert.True(InstanceId.IsHostName(id));
        Assert.False(InstanceId.TryParseAddress(id, out _));
    }

    [Theory]
    [InlineData("i-0a1b2c3d")]
    [InlineData("i-")]
    [InlineData("web.")]
    [InlineData(".web")]
    [InlineData("a..b")]
    [InlineData("-web")]
    [InlineData("web-")]
    [InlineData("12345")]
    [InlineData("web.1")]
    [InlineData("0x7f000001")]
    [InlineData("127.0X1")]
    [InlineData("1.0x")]
    [InlineData("wéb")]
    [InlineData("web one")]
    [InlineData("web\0")]
    [InlineData("web/..")]
    [InlineData("${env}")]
    [InlineData("a;b")]
    [InlineData("\ud800")]
    [InlineData(Label63 + "a")]
    public void Ids_of_EC2_numbers_and_ill_formed_names_are_no_host_names(string id) => Assert.False(InstanceId.IsHostName(id));

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void An_id_has_253_characters_at_most(int length, bool isAccepted)
    {
        var name = string.Concat(Enumerable.Repeat("abcdefg.", 40))[..(length - 1)] + "z";

        Assert.Equal((isAccepted, isAccepted), (InstanceId.IsHostName(name), InstanceId.IsListable(name)));
    }

    [Theory]
    [InlineData("i-0a1", true)]
    [InlineData("db_1.rack:7", true)]
    [InlineData("10.0.0.5", true)]
    [InlineData("", false)]
    [InlineData("i-1 ", false)]
    [InlineData("i-1\n", false)]
    [InlineData("i-1#", false)]
    [InlineData("i/1", false)]
    [InlineData("é", false)]
    public void The_inventory_file_lists_ids_of_letters_digits_and_four_marks(string id, bool isListable) =>
        Assert.Equal(isListable, InstanceId.IsListable(id));

    [Fact]
    public void Whatever_passes_is_safe_to_write_and_never_both_an_address_and_a_name()
    {
        var pieces = Gen.Elements(
            "10", "0", ".", ":", "::", "ff", "fd00", "0x", "i-", "web", "-", "_", " ", "\n", "%", "é", "\ud800", "/", "#", "");
        var ids = Gen.ArrayOf(pieces).Select(string.Concat).ToArbitrary();

        Prop.ForAll(ids, id =>
        {
            var isAddress = InstanceId.TryParseAddress(id, out var address);
            var isHostName = InstanceId.IsHostName(id);
            return !(isAddress && isHostName)
                && ((!isAddress && !isHostName) || InstanceId.IsListable(id))
                && (!isAddress || InstanceId.IsUsable(address));
        }).QuickCheckThrowOnFailure();
    }
}
