using System.Net;
using System.Text;
using CloudLb.Core.Inventory;

namespace CloudLb.Tests.Unit.Inventory;

public sealed class InventoryFileTests
{
    private const string Zone = "inventory.json: the zone of 'i-1' must be a name such as us-east-1a; leave it out when it is not known.";
    private const string Address = "inventory.json: the address of 'i-1' must be an IPv4 or IPv6 address that traffic can be sent to.";

    [Fact]
    public void Each_id_has_an_address_and_a_zone_if_it_is_known()
    {
        var instances = Parse("""
            {
              // comments and a comma at the end do no harm
              "i-1": { "address": "10.0.0.1", "zone": "us-east-1a" },
              "i-2": { "zone": null, "address": "fd00::2" },
              "db_1.rack:7": "10.0.0.3",
              "i-4": { "address": "10.0.0.4", "vpc": "vpc-0a1", "type": "t3.micro", "tags": { "Name": "web", "empty": "" } },
            }
            """);

        Assert.Equal(4, instances.Count);
        Assert.Equal(
            new("i-4", IPAddress.Parse("10.0.0.4"), null, "vpc-0a1", null, "t3.micro", [new("Name", "web"), new("empty", "")]),
            instances["i-4"]);
        Assert.Equal(new("i-1", IPAddress.Parse("10.0.0.1"), "us-east-1a"), instances["i-1"]);
        Assert.Equal(new("i-2", IPAddress.Parse("fd00::2"), null), instances["i-2"]);
        Assert.Equal(new("db_1.rack:7", IPAddress.Parse("10.0.0.3"), null), instances["db_1.rack:7"]);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Single(Parse("\ufeff{\"i-1\":\"10.0.0.1\"}"));

    [Fact]
    public void An_empty_object_lists_nothing() => Assert.Empty(Parse("{}"));

    [Theory]
    [InlineData("", "inventory.json is not valid JSON: line 1, byte 1.")]
    [InlineData("{\n  \"i-1\": \"10.0.0.1\"\n  \"i-2\"", "inventory.json is not valid JSON: line 3, byte 3.")]
    [InlineData("[]", "inventory.json: the file must be a JSON object.")]
    [InlineData("null", "inventory.json: the file must be a JSON object.")]
    [InlineData("\"i-1\"", "inventory.json: the file must be a JSON object.")]
    [InlineData("{\"\":\"10.0.0.1\"}", "inventory.json: '' is not an instance id; one consists of letters, digits and -_.: only.")]
    [InlineData("{\"i 1\":\"10.0.0.1\"}", "inventory.json: 'i 1' is not an instance id; one consists of letters, digits and -_.: only.")]
    [InlineData("{\"i-1\":7}", "inventory.json: 'i-1' must be an address or a JSON object.")]
    [InlineData("{\"i-1\":[]}", "inventory.json: 'i-1' must be an address or a JSON object.")]
    [InlineData("{\"i-1\":null}", "inventory.json: 'i-1' must be an address or a JSON object.")]
    [InlineData("{\"i-1\":{}}", "inventory.json: 'i-1' has no address.")]
    [InlineData("{\"i-1\":{\"zone\":\"us-east-1a\"}}", "inventory.json: 'i-1' has no address.")]
    [InlineData("{\"i-1\":\"web.local\"}", Address)]
    [InlineData("{\"i-1\":\"0.0.0.0\"}", Address)]
    [InlineData("{\"i-1\":{\"address\":null}}", Address)]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1:80\"}}", Address)]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"zone\":\"\"}}", Zone)]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"zone\":\"us-east-1a\\n\"}}", Zone)]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"zone\":1}}", Zone)]
    [InlineData(
        "{\"i-1\":{\"Address\":\"10.0.0.1\"}}",
        "inventory.json: 'i-1' has a member 'Address', which means nothing here; known are address, zone, vpc, account, type and tags.")]
    [InlineData(
        "{\"i-1\":{\"address\":\"10.0.0.1\",\"type\":\"a b\"}}", "inventory.json: the type of 'i-1' must be a name such as t3.micro.")]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"tags\":[]}}", "inventory.json: the tags of 'i-1' must be a JSON object.")]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"tags\":{\"a\":1}}}", "inventory.json: the tag 'a' of 'i-1' must be a text.")]
    [InlineData("{\"i-1\":{\"address\":\"10.0.0.1\",\"tags\":{\"a\":\"1\",\"a\":\"2\"}}}", "inventory.json: 'i-1' has a tag twice.")]
    [InlineData(
        "{\"i-1\":{\"address\":\"10.0.0.1\",\"tags\":{\"a\":\"b\\nc\"}}}",
        "inventory.json: the tag 'a' of 'i-1' is none; a key has 1 to 128 characters and a value at most 256.")]
    [InlineData("{\"i-1\":\"10.0.0.1\",\"i-1\":\"10.0.0.2\"}", "inventory.json: 'i-1' is listed twice.")]
    [InlineData("{\"\\ud800\":\"10.0.0.1\"}", "inventory.json is not valid JSON: a text in it is not Unicode; save it as UTF-8.")]
    [InlineData("{\"i-1\":\"\\udc00\"}", "inventory.json is not valid JSON: a text in it is not Unicode; save it as UTF-8.")]
    public void What_is_wrong_is_told_with_its_place(string json, string message) =>
        Assert.Equal(message, Assert.Throws<InventoryFileException>(() => Parse(json)).Message);

    [Fact]
    public void A_file_in_Latin_1_is_told() => Assert.Equal(
        "inventory.json is not valid JSON: a text in it is not Unicode; save it as UTF-8.",
        Assert.Throws<InventoryFileException>(
            () => InventoryFile.Parse(Encoding.Latin1.GetBytes("{\"é\":\"10.0.0.1\"}"), "inventory.json")).Message);

    private static IReadOnlyDictionary<string, InventoryInstance> Parse(string json) =>
        InventoryFile.Parse(Encoding.UTF8.GetBytes(json), "inventory.json").Instances;
}
