using System.Text;
using System.Text.Json.Nodes;
using CloudLb.AwsApi;
using CloudLb.AwsApi.Protocols.Documents;
using CloudLb.AwsApi.Shapes;
using FsCheck;
using FsCheck.Fluent;

namespace CloudLb.Tests.Unit.AwsApi;

/// <summary>Whatever stands in a document, there is an answer in the call's own form, and never a fault of ours.</summary>
public sealed class HostileDocumentTests(DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(500);

    public static TheoryData<string> BrokenJson =>
    [
        "", "{", "}", "[]", "null", "1", "\"a\"", "{}{}", "{} x", "{\"Text\"}", "{\"Text\":}", "{\"Text\":\"a\",}", "{'Text':'a'}",
        "{\"Text\":\"a\" /* c */}",
        "{\"Text\":\"a\",\"Text\":\"b\"}", "{\"Text\":null,\"Text\":\"b\"}", "{\"Text\":\"\\ud800\"}", "{\"\\udc00\":1}", "{\"Text\":1}",
        "{\"Text\":true}", "{\"Text\":[]}",
        "{\"Text\":{}}", "{\"Text\":\"a\",\"Times\":\"2\"}", "{\"Text\":\"a\",\"Times\":2.5}", "{\"Text\":\"a\",\"Times\":1e400}",
        "{\"Text\":\"a\",\"Times\":99999999999999999999}", "{\"Text\":\"a\",\"Times\":2147483648}", "{\"Text\":\"a\",\"Times\":NaN}",
        "{\"Text\":\"a\",\"Names\":\"a\"}",
        "{\"Text\":\"a\",\"Names\":{}}", "{\"Text\":\"a\",\"Names\":[1]}", "{\"Text\":\"a\",\"Names\":[[\"a\"]]}", "\ufeff{}",
    ];

    /// <summary>In hexadecimal digits.</summary>
    public static TheoryData<string> BrokenCbor =>
    [
        "A1", "80", "F6", "00", "A0A0", "A16454657874", "BF", "BF6454657874", "A1FF", "A16454657874FF",
        "A2645465787461616454657874" + "6162", "BF64546578746161" + "64546578746162FF", // Text twice, both lengths.
        "A1645465787462C328", "A164546578747F61FF", "A164546578747F41" + "61FF", // Not UTF-8, a text without an end, bytes in a text.
        "A16454657874" + "7BFFFFFFFFFFFFFFFF", "A16454657874" + "5BFFFFFFFFFFFFFFFF", "BBFFFFFFFFFFFFFFFF",
        "A16454657874" + "9BFFFFFFFFFFFFFFFF",
        "A164546578741A", "A101" + "6161", "A1644E616D65" + "FF", "A16454657874" + "C0" + "6161",
        "A16454657874" + "C249" + "010000000000000000",
        "A2645465787461616554696D65731BFFFFFFFFFFFFFFFF", "A2645465787461616554696D6573FB7FF8000000000000", "A16454657874" + "1C",
        "A16454657874" + "F8" + "20",
    ];

    [Theory]
    [MemberData(nameof(BrokenJson))]
    public async Task JSON_that_does_not_fit_is_told_as_AWS_tells_it(string json)
    {
        var answer = await server.SendSignedAsync(server.InJson(Encoding.UTF8.GetBytes(json)));

        // An empty body is an empty object, which lacks what is required.
        var code = json.Length == 0 ? "ValidationError" : "SerializationException";
        Assert.Equal((400, $"com.amazon.coral.service#{code}"), (answer.Status, (string?)JsonNode.Parse(answer.Body)!["__type"]));
    }

    [Theory]
    [MemberData(nameof(BrokenCbor))]
    public async Task CBOR_that_does_not_fit_is_told_as_AWS_tells_it(string digits)
    {
        var answer = await server.SendSignedAsync(server.InCbor(Convert.FromHexString(digits)));

        Assert.Equal(400, answer.Status);
        Assert.Contains("com.amazon.coral.service#SerializationException", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BF" + "6454657874" + "6161" + "FF")]
    [InlineData("A1" + "6454657874" + "7F6161FF")]
    [InlineData("A2" + "6454657874" + "6161" + "655468696E67" + "F6")]
    [InlineData("A2" + "6454657874" + "6161" + "654E616D6573" + "9F" + "6162" + "FF")]
    [InlineData("A2" + "6454657874" + "6161" + "6554696D6573" + "1801")]
    public async Task Lengths_that_are_not_told_and_members_that_nobody_knows_are_read(string digits) =>
        Assert.Equal(200, (await server.SendSignedAsync(server.InCbor(Convert.FromHexString(digits)))).Status);

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        foreach (var text in new byte[][]
        {
            [0xFF],
            [0xC3, 0x28],
            [0xE2, 0x82],
            [0xED, 0xA0, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xC0, 0x80],
        })
        {
            var answer = await server.SendSignedAsync(server.InJson([.. "{\"Text\":\""u8, .. text, .. "\"}"u8]));

            Assert.Equal(400, answer.Status);
        }
    }

    [Theory]
    [InlineData(31, 200)]
    [InlineData(32, 400)]
    [InlineData(500_000, 400)]
    public async Task Documents_are_read_to_a_depth_and_no_further(int depth, int status)
    {
        var json = $"{{\"Text\":\"a\",\"Unknown\":{new string('[', depth)}{new string(']', depth)}}}";
        byte[] cbor = [0xA2, 0x64, .. "Text"u8, 0x61, .. "a"u8, 0x67, .. "Unknown"u8, .. Enumerable.Repeat((byte)0x81, depth), 0xF6];

        Assert.Equal(status, (await server.SendSignedAsync(server.InJson(Encoding.UTF8.GetBytes(json)))).Status);
        Assert.Equal(status, (await server.SendSignedAsync(server.InCbor(cbor))).Status);
    }

    [Fact]
    public async Task Documents_have_no_more_members_than_a_form()
    {
        var json = $"{{\"Text\":\"a\",\"Unknown\":[{string.Join(',', Enumerable.Repeat("1", 20_000))}]}}";
        byte[] cbor = [0xA2, 0x64, .. "Text"u8, 0x61, .. "a"u8, 0x67, .. "Unknown"u8, 0x99, 0x4E, 0x20, .. new byte[20_000]];
        var name = $"{{\"{new string('n', 513)}\":1}}";

        Assert.Equal(413, (await server.SendSignedAsync(server.InJson(Encoding.UTF8.GetBytes(json)))).Status);
        Assert.Equal(413, (await server.SendSignedAsync(server.InCbor(cbor))).Status);
        Assert.Equal(413, (await server.SendSignedAsync(server.InJson(Encoding.UTF8.GetBytes(name)))).Status);
        Assert.Equal(413, (await server.SendSignedAsync(server.InJson(new byte[(1024 * 1024) + 1]))).Status);
    }

    [Fact]
    public void Reading_any_bytes_ends_in_a_request_or_in_an_error_of_AWS_s() =>
        Check.One(Runs, Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        Read(bytes ?? [], WireProtocol.Cbor);
        Read(bytes ?? [], WireProtocol.Json10);
    }));

    [Fact]
    public void Reading_a_good_document_with_changed_bytes_ends_in_a_request_or_in_an_error_of_AWS_s()
    {
        var request = new EchoRequest { Text = "some text", Times = 2, Names = ["a", "bc", "def"] };
        var changes = (from place in Gen.Choose(0, 1000) from value in Gen.Choose(0, 255) select (place, (byte)value)).ToArbitrary();
        foreach (var protocol in new[] { WireProtocol.Json11, WireProtocol.Cbor })
        {
            Check.One(Runs, Prop.ForAll(changes, change =>
            {
                var bytes = Echo.Contract.WriteDocument(request, protocol);
                bytes[change.place % bytes.Length] = change.Item2;
                Read(bytes, protocol);
            }));
        }
    }

    private static void Read(byte[] bytes, WireProtocol protocol)
    {
        try
        {
            ShapeReader.ReadRequest<EchoRequest>(Document.Read(bytes, protocol));
        }
        catch (WireException exception)
        {
            Assert.Contains(exception.Error.Code, new[] { "SerializationException", "ValidationError", "RequestEntityTooLarge" });
        }
    }
}
